# bash completion for ferryctl                                          -*- shell-script -*-
# The commands are asked of the program itself, so that new ones are known at once.

_ferryctl() {
  local cur prev command='' word i
  COMPREPLY=()
  cur=${COMP_WORDS[COMP_CWORD]}
  prev=${COMP_WORDS[COMP_CWORD-1]}

  case $prev in
    --root)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -d -- "$cur")
      return
      ;;
    --machine | --html | --medium | --drivers | --disk | --rom)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -f -- "$cur")
      return
      ;;
  esac

  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    case ${COMP_WORDS[i-1]} in
      --root | --machine | --html | --card | --binding | --system | --medium | --drivers | --disk) continue ;;
    esac
    if [[ $word != -* ]]; then
      command=$word
      break
    fi
  done

  if [[ $cur == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(LC_ALL=C.UTF-8 LANGUAGE= ferryctl help ${command:+"$command"} 2>/dev/null |
      sed -n 's/^  \(--[a-z-]*\).*/\1/p')" -- "$cur")
  elif [[ -z $command || $command == help ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(LC_ALL=C.UTF-8 LANGUAGE= ferryctl help 2>/dev/null |
      sed -n '/^Commands/,/^$/s/^  \([a-z]*\) .*/\1/p')" -- "$cur")
  elif [[ $command == vm && $prev == vm ]]; then
    mapfile -t COMPREPLY < <(compgen -W 'create list xml start stop remove give take explain' -- "$cur")
  elif [[ $command == vm ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(ferryctl vm list --json 2>/dev/null | sed -n 's/^ *"name" : "\([^"\\ ]*\)",$/\1/p')" -- "$cur")
  elif [[ $command == record || $command == report ]]; then
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "$cur")
  fi
}

complete -F _ferryctl ferryctl
