/* test-edit.c: text surgery: real lines of real systems, unusual ones, and the rule that every byte that
 * does not have to change stays. */
#include "config.h"

#include <string.h>

#include "facts/error.h"
#include "plan/edit.h"

static const char *const two_words[] = { "intel_iommu=on", "iommu=pt", NULL };

typedef struct
{
  const char *before;
  const char *after; /* NULL: refused */
} Row;

static void
check_rows (const Row *rows, gsize n,
            char *(*edit) (const char *text, const char *const *words, GError **error))
{
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *after = edit (rows[i].before, two_words, &error);
      g_autofree char *again = NULL;

      g_assert_cmpstr (after, ==, rows[i].after);
      if (rows[i].after == NULL)
        {
          g_assert_error (error, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED);
          continue;
        }
      g_assert_no_error (error);
      again = edit (after, two_words, &error);
      g_assert_cmpstr (again, ==, after);
    }
}

static char *
add_to_grub (const char *text, const char *const *words, GError **error)
{
  return ferry_edit_shell_add_words (text, "GRUB_CMDLINE_LINUX_DEFAULT", words, error);
}

#define V "GRUB_CMDLINE_LINUX_DEFAULT"

static void
test_shell_words (void)
{
  static const Row rows[] = {
    { V "=\"quiet\"\n", V "=\"quiet intel_iommu=on iommu=pt\"\n" },
    { V "='quiet splash'\n", V "='quiet splash intel_iommu=on iommu=pt'\n" },
    { V "=\"\"\n", V "=\"intel_iommu=on iommu=pt\"\n" },
    { V "=\n", V "=\"intel_iommu=on iommu=pt\"\n" },
    { V "=quiet # fast\n", V "=\"quiet intel_iommu=on iommu=pt\" # fast\n" },
    { V "=\"quiet\"", V "=\"quiet intel_iommu=on iommu=pt\"" },
    { V "=\"quiet\" # old\n" V "=\"loud\"\n", V "=\"quiet\" # old\n" V "=\"loud intel_iommu=on iommu=pt\"\n" },
    { V "=\"quiet\"\n" V "+=\" splash\"\n", V "=\"quiet\"\n" V "+=\" splash intel_iommu=on iommu=pt\"\n" },
    { V "=\"quiet \\\n  splash\"\n", V "=\"quiet \\\n  splash intel_iommu=on iommu=pt\"\n" },
    { V "=\"quiet iommu=pt\"\n", V "=\"quiet iommu=pt intel_iommu=on\"\n" },
    { "export " V "=\"quiet\"\n", "export " V "=\"quiet intel_iommu=on iommu=pt\"\n" },
    { "# " V "=\"quiet\"\n", "# " V "=\"quiet\"\n" V "=\"intel_iommu=on iommu=pt\"\n" },
    { "GRUB_DISTRIBUTOR=`( . /etc/os-release; echo ${NAME:-Debian} ) 2>/dev/null || echo Debian`\n" V
      "=\"quiet\"\n",
      "GRUB_DISTRIBUTOR=`( . /etc/os-release; echo ${NAME:-Debian} ) 2>/dev/null || echo Debian`\n" V
      "=\"quiet intel_iommu=on iommu=pt\"\n" },
    { "X=\"$(echo \"a )\" ')')\"\n" V "=\"quiet\"\n",
      "X=\"$(echo \"a )\" ')')\"\n" V "=\"quiet intel_iommu=on iommu=pt\"\n" },
    { V "=\"quiet $(touch x)\"\n", NULL },
    { V "=\"quiet `id`\"\n", NULL },
    { V "=\"$OTHER quiet\"\n", NULL },
    { V "=\"quiet\"\n" V "=\"$" V " splash\"\n",
      V "=\"quiet\"\n" V "=\"$" V " splash intel_iommu=on iommu=pt\"\n" },
    { V "=\"iommu=pt\"\n" V "=\"${" V "} splash\"\n",
      V "=\"iommu=pt\"\n" V "=\"${" V "} splash intel_iommu=on\"\n" },
    { V "=$" V "\n", NULL },
    { V "=\"quiet\"\n" V "=\"$" V "_OLD splash\"\n", NULL },
    { V "=\"quiet\"\n" V "=\"${" V "%quiet} splash\"\n", NULL },
    { V "=\"quiet\001\"\n", NULL },
    { V "='quiet\001'\n", NULL },
    { V "=\"quiet\"\r\n", NULL },
    { V "=\"quiet\n", NULL },
    { V "='quiet\n", NULL },
    { V "=\"a\"'b'\n", NULL },
    { V "=a\\ b\n", NULL },
    { V "=(quiet)\n", NULL },
    { V "=\"quiet\" true\n", NULL },
    { "if true; then\n" V "=\"quiet\"\nfi\n", NULL },
    { "[ -e /x ] && " V "=\"quiet\"\n", NULL },
    { ". /etc/other\n" V "=\"quiet\"\n", NULL },
    { "echo a\\", NULL },
    { "eval x\n" V "=\"quiet\"\n", NULL },
    { "true && eval x\n" V "=\"quiet\"\n", NULL },
    { "builtin eval x\n" V "=\"quiet\"\n", NULL },
    { V "=\"quiet\"\nprintf -v " V " x\n", NULL },
    { V "=\"quiet\"\nprintf -v\"" V "\" x\n", NULL },
    { V "=\"quiet\"\nmapfile -t " V " </x\n", NULL },
    { V "=\"quiet\"\nlet " V "++\n", NULL },
    { V "=\"quiet\"\n: ${" V ":=x}\n", NULL },
    { V "=\"quiet\"\n((" V "++))\n", NULL },
    { "printf 'set it' # read this\n" V "=\"quiet\"\n",
      "printf 'set it' # read this\n" V "=\"quiet intel_iommu=on iommu=pt\"\n" },
    { V "=\"quiet -- foo\"\n", NULL },
    { V "=\"quiet\"\n" V "+=\" --\"\n", NULL },
    { "cat <<E\n" V "=\"x\"\nE\n" V "=\"quiet\"\n", NULL },
  };

  check_rows (rows, G_N_ELEMENTS (rows), add_to_grub);
}

static char *
add_to_modules (const char *text, const char *const *words, GError **error)
{
  return ferry_edit_array_prepend (text, "MODULES", words, error);
}

static void
test_array (void)
{
  static const Row rows[] = {
    { "MODULES=()\n", "MODULES=(intel_iommu=on iommu=pt)\n" },
    { "MODULES=(amdgpu)\n", "MODULES=(intel_iommu=on iommu=pt amdgpu)\n" },
    { "MODULES=( amdgpu )\n", "MODULES=(intel_iommu=on iommu=pt amdgpu )\n" },
    { "MODULES=(\n  amdgpu # first\n)\n", "MODULES=(intel_iommu=on iommu=pt\n  amdgpu # first\n)\n" },
    { "MODULES=\"\"\n", "MODULES=\"intel_iommu=on iommu=pt\"\n" },
    { "MODULES=\"crc32c\"\n", "MODULES=\"intel_iommu=on iommu=pt crc32c\"\n" },
    { "MODULES=crc32c\n", "MODULES=\"intel_iommu=on iommu=pt crc32c\"\n" },
    { "MODULES=(iommu=pt x)\n", "MODULES=(intel_iommu=on iommu=pt x)\n" },
    { "HOOKS=(base)\n", "HOOKS=(base)\nMODULES=(intel_iommu=on iommu=pt)\n" },
    { "MODULES=(iommu=pt)\nMODULES=(x \"${MODULES[@]}\")\n",
      "MODULES=(iommu=pt)\nMODULES=(intel_iommu=on x \"${MODULES[@]}\")\n" },
    { "MODULES=(a\n", NULL },
    { "MODULES=\"a\"\nMODULES+=\" b\"\n", NULL },
    { "if true; then\nMODULES=(a)\nfi\n", NULL },
    { "MODULES=a true\n", NULL },
    { "MODULES=~/x\n", NULL },
    { "MODULES=(a)b\n", NULL },
    { "MODULES=(a b)\nMODULES=\"c\"\n", NULL },
    { "MODULES=(a b)\nMODULES+=\"c\"\n", NULL },
    { "MODULES=\"a\"\nMODULES=(b)\n", NULL },
    { "[ -e x ] && MODULES=(intel_iommu=on iommu=pt)\n", NULL },
    { "MODULES=\"a\"b\n", NULL },
  };

  check_rows (rows, G_N_ELEMENTS (rows), add_to_modules);
}

static void
test_members (void)
{
  g_auto (GStrv) hooks = ferry_edit_array_members (
      "HOOKS=(base udev \"autodetect\"  # here\n modconf)\nHOOKS+=(block 'fsck')\n", "HOOKS", NULL);
  g_autofree char *joined = g_strjoinv (",", hooks);

  g_assert_cmpstr (joined, ==, "base,udev,autodetect,modconf,block,fsck");
  g_assert_null (ferry_edit_array_members ("HOOKS=($x)\n", "HOOKS", NULL));
  g_assert_null (ferry_edit_array_members ("HOOKS=(a)\nHOOKS=($HOOKS b)\n", "HOOKS", NULL));
  g_assert_null (ferry_edit_array_members ("HOOKS=(a)\nHOOKS=(x${HOOKS[@]})\n", "HOOKS", NULL));
  g_assert_null (ferry_edit_array_members ("HOOKS=(a)\nHOOKS=(${HOOKS[@]/a/b})\n", "HOOKS", NULL));
  g_assert_null (ferry_edit_array_members ("HOOKS=(a)\nHOOKS=\"$HOOKS b\"\n", "HOOKS", NULL));
  g_assert_null (ferry_edit_array_members ("", "HOOKS", NULL));
  g_assert_null (ferry_edit_array_members ("HOOKS=(a b)\nHOOKS=c\n", "HOOKS", NULL));
  g_assert_null (ferry_edit_array_members ("if x; then\nHOOKS=(a b)\nfi\n", "HOOKS", NULL));
}

/* A drop-in that adds to the list of the main file. */
static void
test_members_of_itself (void)
{
  g_auto (GStrv) hooks = ferry_edit_array_members (
      "HOOKS=(base modconf)\nHOOKS=(${HOOKS[@]} resume)\nHOOKS+=(\"${HOOKS[*]}\")\n", "HOOKS", NULL);
  g_autofree char *joined = hooks != NULL ? g_strjoinv (",", hooks) : NULL;

  g_assert_cmpstr (joined, ==, "base,modconf,resume,base,modconf,resume");
}

/* mkinitcpio splits the older form at blanks, after bash has put it together. */
static void
test_members_of_strings (void)
{
  g_auto (GStrv) hooks
      = ferry_edit_array_members ("HOOKS=\"base mod\"\nHOOKS+=\"conf block\"\nHOOKS=\"$HOOKS fsck\"\n", "HOOKS", NULL);
  g_autofree char *joined = hooks != NULL ? g_strjoinv (",", hooks) : NULL;

  g_assert_cmpstr (joined, ==, "base,modconf,block,fsck");
}

/* A value that doubles itself in every line must end somewhere. */
static void
test_growing (void)
{
  g_autoptr (GString) text = g_string_new ("X=1\nY=(1)\n");

  for (guint i = 0; i < 64; i++)
    g_string_append (text, "X=$X$X\nY=(${Y[@]} ${Y[@]})\n");
  g_assert_null (ferry_edit_shell_value (text->str, "X", NULL));
  g_assert_null (ferry_edit_array_members (text->str, "Y", NULL));
}

static void
test_cmdline (void)
{
  static const Row rows[] = {
    { "root=UUID=1 rw quiet\n", "root=UUID=1 rw quiet intel_iommu=on iommu=pt\n" },
    { "# note\nroot=UUID=1 rw  \n", "# note\nroot=UUID=1 rw intel_iommu=on iommu=pt  \n" },
    { "root=/dev/sda1", "root=/dev/sda1 intel_iommu=on iommu=pt" },
    { "quiet\n", NULL },
    { "", NULL },
    { "root=1\nquiet\n", NULL },
    { "root=1 -- single\n", NULL },
    { "root=1 \"a b\n", NULL },
  };

  check_rows (rows, G_N_ELEMENTS (rows), ferry_edit_cmdline_add);
}

static void
test_bls (void)
{
  static const Row rows[] = {
    { "title A\nlinux /v\noptions root=1 rw\n", "title A\nlinux /v\noptions root=1 rw intel_iommu=on iommu=pt\n" },
    { "options root=1\noptions\tquiet\ninitrd /i", "options root=1\noptions\tquiet intel_iommu=on iommu=pt\ninitrd /i" },
    { "options root=1\r\nlinux /v\r\n", "options root=1 intel_iommu=on iommu=pt\r\nlinux /v\r\n" },
    { "options $kernelopts\n", NULL },
    { "linux /v\n", NULL },
  };

  check_rows (rows, G_N_ELEMENTS (rows), ferry_edit_bls_add);
}

static void
test_refind (void)
{
  static const Row rows[] = {
    { "\"Boot\" \"root=1 rw\"\n\"Single\" \"root=1 single\"\n",
      "\"Boot\" \"root=1 rw intel_iommu=on iommu=pt\"\n\"Single\" \"root=1 single\"\n" },
    { "# c\n\"Boot\"  \t\"root=1\"", "# c\n\"Boot\"  \t\"root=1 intel_iommu=on iommu=pt\"" },
    { "Boot root=1\n", NULL },
    { "\"Boot\" \"root=1\n", NULL },
    { "\"Boot\" \"x=\"\"a b\"\"\"\n", NULL },
  };

  check_rows (rows, G_N_ELEMENTS (rows), ferry_edit_refind_add);
}

static void
test_limine (void)
{
  static const Row rows[] = {
    { "KERNEL_CMDLINE[default]=\"root=1\"\n", "KERNEL_CMDLINE[default]=\"root=1 intel_iommu=on iommu=pt\"\n" },
    { "KERNEL_CMDLINE[default]=\"root=1\"\nKERNEL_CMDLINE[default]+=\" quiet\"\n",
      "KERNEL_CMDLINE[default]=\"root=1\"\nKERNEL_CMDLINE[default]+=\" quiet intel_iommu=on iommu=pt\"\n" },
    { "KERNEL_CMDLINE[default]=\"root=1\"\nKERNEL_CMDLINE[linux-lts]=\"root=2 iommu=pt\"\n# KERNEL_CMDLINE[x]=y\n",
      "KERNEL_CMDLINE[default]=\"root=1 intel_iommu=on iommu=pt\"\n"
      "KERNEL_CMDLINE[linux-lts]=\"root=2 iommu=pt intel_iommu=on\"\n# KERNEL_CMDLINE[x]=y\n" },
    { "KERNEL_CMDLINE[\"linux-lts\"]=\"root=2\"  \nKERNEL_CMDLINE[default]=\"root=1\"\n",
      "KERNEL_CMDLINE[\"linux-lts\"]=\"root=2 intel_iommu=on iommu=pt\"  \n"
      "KERNEL_CMDLINE[default]=\"root=1 intel_iommu=on iommu=pt\"\n" },
    { "KERNEL_CMDLINE[default]=\"root=1\"\nKERNEL_CMDLINE[fallback]=\"root=1\"\n",
      "KERNEL_CMDLINE[default]=\"root=1 intel_iommu=on iommu=pt\"\nKERNEL_CMDLINE[fallback]=\"root=1\"\n" },
    { "KERNEL_CMDLINE[default]=\"root=1\"\nKERNEL_CMDLINE[linux-lts]='root=2'\n", NULL },
    { "KERNEL_CMDLINE[default]=\"root=1\"\ndeclare KERNEL_CMDLINE[linux-lts]=\"root=2\"\n", NULL },
    { "KERNEL_CMDLINE[default]=\"root=1\"\nKERNEL_CMDLINE[$x]=\"root=2\"\n", NULL },
    { "KERNEL_CMDLINE[linux-lts]=\"root=2\"\n", NULL },
    { "KERNEL_CMDLINE[default]=\"root=1 -- foo\"\n", NULL },
    { "KERNEL_CMDLINE[default]=\"root=1\"\nKERNEL_CMDLINE[linux-lts]=\"root=2 -- foo\"\n", NULL },
    { "KERNEL_CMDLINE[default]='root=1'\n", NULL },
    { "KERNEL_CMDLINE[default]=\"$x\"\n", NULL },
    { "OTHER=1\n", NULL },
  };

  check_rows (rows, G_N_ELEMENTS (rows), ferry_edit_limine_add);
}

static void
test_lines (void)
{
  static const Row rows[] = {
    { "", "intel_iommu=on\niommu=pt\n" },
    { "# list\nraid1", "# list\nraid1\nintel_iommu=on\niommu=pt\n" },
    { "iommu=pt options here\n", "iommu=pt options here\nintel_iommu=on\n" },
    { "# iommu=pt\n", "# iommu=pt\nintel_iommu=on\niommu=pt\n" },
  };

  check_rows (rows, G_N_ELEMENTS (rows), ferry_edit_lines_add);
}

static void
test_set (void)
{
  g_autofree char *replaced = ferry_edit_shell_set ("A=1\nGRUB_TIMEOUT_STYLE='hidden' # x\n",
                                                    "GRUB_TIMEOUT_STYLE", "menu", NULL);
  g_autofree char *added = ferry_edit_shell_set ("A=1", "GRUB_TIMEOUT", "5", NULL);

  g_assert_cmpstr (replaced, ==, "A=1\nGRUB_TIMEOUT_STYLE=menu # x\n");
  g_assert_cmpstr (added, ==, "A=1\nGRUB_TIMEOUT=5\n");
  g_assert_null (ferry_edit_shell_set ("T=1\nT+=2\n", "T", "5", NULL));
  g_assert_null (ferry_edit_shell_set ("T=$x\n", "T", "5", NULL));
}

/* No text that a shell, GRUB or modprobe could read as more than a word gets into a file. */
static void
test_dangerous_words (void)
{
  static const char *const bad[] = { "a b", "a\tb", "a\nb", "a\"b", "a'b", "$(x)", "`x`", "a;b", "a#b",
                                     "a\\b", "a&b", "a|b", "a>b", "a<b", "(a", "a)", "{a", "a}", "a*",
                                     "a?", "[a]", "~a", "!a", "a%b", "ä", "\x01", "\x1b[0m", "" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      const char *const words[] = { bad[i], NULL };
      g_autoptr (GError) error = NULL;

      g_assert_false (ferry_edit_word_is_safe (bad[i]));
      g_assert_null (add_to_grub (V "=\"quiet\"\n", words, &error));
      g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
      g_assert_null (add_to_modules ("MODULES=()\n", words, NULL));
      g_assert_null (ferry_edit_cmdline_add ("root=1\n", words, NULL));
      g_assert_null (ferry_edit_bls_add ("options root=1\n", words, NULL));
      g_assert_null (ferry_edit_lines_add ("", words, NULL));
    }
  g_assert_true (ferry_edit_word_is_safe ("vfio-pci.ids=10de:13c2:1458:3679,10de:0fbb"));
}

static void
test_loader_timeout (void)
{
  static const Row rows[] = {
    { "", "timeout 5\n" },
    { "default x", "default x\ntimeout 5\n" },
    { "timeout 0\nconsole-mode max\n", "timeout 5\nconsole-mode max\n" },
    { "timeout 3\n", "timeout 3\n" },
    { "timeout 10\ntimeout\t0  \n", "timeout 10\ntimeout\t5  \n" },
    { "#timeout 3\n", "#timeout 3\ntimeout 5\n" },
    { "timeouts 3\n", "timeouts 3\ntimeout 5\n" },
    { "timeout menu-hidden\n", "timeout 5\n" },
    { "timeout menu-force\n", "timeout menu-force\n" },
    { "timeout soon\n", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *after = ferry_edit_loader_timeout (rows[i].before, 5);

      g_assert_cmpstr (after, ==, rows[i].after);
    }
}

static void
test_whole (void)
{
  g_assert_true (ferry_edit_shell_is_whole (""));
  g_assert_true (ferry_edit_shell_is_whole ("A=\"it's\"\n# don't\nB=`id`\nif x; then\nC='\"'\nfi\n"));
  g_assert_true (ferry_edit_shell_is_whole (". /etc/other\n"));
  g_assert_false (ferry_edit_shell_is_whole ("A=\"quiet\n"));
  g_assert_false (ferry_edit_shell_is_whole ("A='quiet\n"));
  g_assert_false (ferry_edit_shell_is_whole ("A=(quiet\n"));
  g_assert_false (ferry_edit_shell_is_whole ("A=$(quiet\n"));
  g_assert_false (ferry_edit_shell_is_whole ("echo 'x\n"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/edit/shell-words", test_shell_words);
  g_test_add_func ("/edit/array", test_array);
  g_test_add_func ("/edit/members", test_members);
  g_test_add_func ("/edit/members-of-itself", test_members_of_itself);
  g_test_add_func ("/edit/members-of-strings", test_members_of_strings);
  g_test_add_func ("/edit/growing", test_growing);
  g_test_add_func ("/edit/cmdline", test_cmdline);
  g_test_add_func ("/edit/bls", test_bls);
  g_test_add_func ("/edit/refind", test_refind);
  g_test_add_func ("/edit/limine", test_limine);
  g_test_add_func ("/edit/lines", test_lines);
  g_test_add_func ("/edit/set", test_set);
  g_test_add_func ("/edit/dangerous-words", test_dangerous_words);
  g_test_add_func ("/edit/loader-timeout", test_loader_timeout);
  g_test_add_func ("/edit/whole", test_whole);
  return g_test_run ();
}
