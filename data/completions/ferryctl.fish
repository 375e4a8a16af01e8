# fish completion for ferryctl
# Commands and options are asked of the program itself, so that new ones are known at once.

function __ferryctl_commands
    LC_ALL=C.UTF-8 LANGUAGE= ferryctl help 2>/dev/null | sed -n '/^Commands/,/^$/s/^  \([a-z][a-z]*\)[^a-z]*[A-Z]*[^a-z]* \(.*\)/\1\t\2/p'
end

function __ferryctl_command
    set -l words (commandline -opc)
    for command in (__ferryctl_commands | string split -f1 \t)
        if contains -- $command $words
            echo $command
            return 0
        end
    end
    return 1
end

function __ferryctl_options
    LC_ALL=C.UTF-8 LANGUAGE= ferryctl help (__ferryctl_command) 2>/dev/null | sed -n 's/^  \(--[a-z-]*\)[A-Z ]*\(.*\)/\1\t\2/p'
end

complete -c ferryctl -f
complete -c ferryctl -n 'not __ferryctl_command >/dev/null' -a '(__ferryctl_commands)'
complete -c ferryctl -n '__fish_seen_subcommand_from help' -a '(__ferryctl_commands)'
complete -c ferryctl -n '__fish_seen_subcommand_from record report' -F
complete -c ferryctl -n '__fish_seen_subcommand_from vm' -a 'create list xml start stop remove give take explain'
complete -c ferryctl -n '__fish_seen_subcommand_from vm' -l medium -r -F -d 'installation medium'
complete -c ferryctl -n 'string match -q -- "-*" (commandline -ct)' -a '(__ferryctl_options)'
complete -c ferryctl -l root -r -a '(__fish_complete_directories)' -d 'look at the system below this folder'
complete -c ferryctl -l machine -r -F -d 'look at a recorded computer'
complete -c ferryctl -n '__fish_seen_subcommand_from firmware' -l html -r -F -d 'write a page to print'
