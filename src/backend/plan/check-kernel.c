/* check-kernel.c: the checks of the running kernel: its command line and its modules. */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "plan/check-table.h"
#include "plan/contradiction.h"

static char *
join_texts (GPtrArray *contradictions)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < contradictions->len; i++)
    {
      const FerryContradiction *found = g_ptr_array_index (contradictions, i);

      if (text->len > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, found->text);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
any_blocks (GPtrArray *contradictions)
{
  for (guint i = 0; i < contradictions->len; i++)
    if (((const FerryContradiction *)g_ptr_array_index (contradictions, i))->blocks)
      return TRUE;
  return FALSE;
}

/* Whether a word says where the disks are or how the computer is called. */
static gboolean
is_private (const FerryCmdlineWord *word)
{
  static const char *const starts[]
      = { "root", "resume", "crypt", "rd.", "luks", "ip", "nfs", "net", "systemd.", "zfs",
          "boot", "BOOT", "host", "ifname", "key" };
  static const char *const parts[] = { "UUID", "LABEL", "dev/", "@", "://" };
  static const char *const secrets[]
      = { "passw", "passphrase", "psk", "secret", "token", "credential" };

  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++)
    if (g_str_has_prefix (word->key, starts[i]))
      return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (strstr (word->value, parts[i]) != NULL)
      return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    if (strstr (word->key, secrets[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* The start line as it can be posted anywhere: what is private, and what is not for the kernel, is
 * shortened. So a recorded computer, where it was replaced, shows the same. */
static char *
describe_line (const FerryCmdline *cmdline)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < cmdline->words->len; i++)
    {
      const FerryCmdlineWord *word = g_ptr_array_index (cmdline->words, i);
      gboolean hide = word->value != NULL && is_private (word);

      g_string_append_printf (text, "%s%s%s", i > 0 ? " " : "", hide ? word->key : word->text,
                              hide ? "=…" : "");
    }
  if (cmdline->init_args != NULL)
    g_string_append (text, " -- …");
  return g_utf8_make_valid (text->str, (gssize)text->len);
}

gboolean
ferry_check_command_line (const FerryCheckFacts *facts, FerryCheck *check)
{
  FerryMachine *machine = facts->machine;
  const char *why
      = _("The start line is a row of words that the system reads when it starts. Some "
          "words decide whether a card can be handed over.");
  g_autofree char *action = join_texts (facts->contradictions);
  g_autofree char *line = describe_line (machine->kernel->cmdline);

  ferry_check_detail (check, "%s", line);
  if (machine->kernel->cmdline_known != FERRY_ANSWER_YES
      && machine->kernel->cmdline->words->len == 0)
    ferry_check_say (check, FERRY_CHECK_UNKNOWN, _("Ferry could not read the start line"), why,
                     "");
  else if (facts->contradictions->len == 0)
    ferry_check_say (check, FERRY_CHECK_PASS, _("Nothing in the start line speaks against it"),
                     why, "");
  else if (any_blocks (facts->contradictions))
    ferry_check_say (check, FERRY_CHECK_FAIL, _("A word in the start line stands in the way"), why,
                     action);
  else
    ferry_check_say (check, FERRY_CHECK_WARN, _("The start line has words worth a look"), why,
                     action);
  return TRUE;
}

/* A kernel with the patch logs it. Without a log the names of kernels that carry it are a hint. */
static FerryAnswer
kernel_has_override (const FerryKernel *kernel)
{
  static const char *const names[] = { "zen", "cachyos", "pve", "xanmod", "acs" };

  if (kernel->log != NULL && strstr (kernel->log, "ACS overrides enabled") != NULL)
    return FERRY_ANSWER_YES;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (strstr (kernel->release, names[i]) != NULL)
      return FERRY_ANSWER_YES;
  return strstr (kernel->release, "MANJARO") != NULL ? FERRY_ANSWER_NO : FERRY_ANSWER_UNKNOWN;
}

gboolean
ferry_check_acs_override (const FerryCheckFacts *facts, FerryCheck *check)
{
  const FerryKernel *kernel = facts->machine->kernel;

  if (!ferry_cmdline_has_key (kernel->cmdline, "pcie_acs_override"))
    return FALSE;
  ferry_check_detail (check, "pcie_acs_override=%s",
                      ferry_cmdline_last_value (kernel->cmdline, "pcie_acs_override") != NULL
                          ? ferry_cmdline_last_value (kernel->cmdline, "pcie_acs_override")
                          : "");
  if (kernel_has_override (kernel) == FERRY_ANSWER_NO)
    ferry_check_say (
        check, FERRY_CHECK_WARN, _("The ACS override does nothing on this kernel"),
        _("Only kernels with an extra patch know this word. The groups are what they are without "
          "it."),
        _("You can take the word “pcie_acs_override” out of the start line."));
  else
    ferry_check_say (
        check, FERRY_CHECK_WARN, _("The groups are only pretended (ACS override)"),
        _("The system was told to treat devices as kept apart although they are not. A virtual "
          "machine could reach the memory of other devices and disturb your computer."),
        _("Use it only for virtual machines that you trust. Better: another slot for the card, or "
          "a main board with better groups."));
  return TRUE;
}

gboolean
ferry_check_kernel_modules (const FerryCheckFacts *facts, FerryCheck *check)
{
  const FerryKernel *kernel = facts->machine->kernel;
  const char *why = _("After an update the parts of the running system can be gone from the disk. "
                      "What Ferry sets up would then be made for a system that does not run yet.");

  ferry_check_detail (check, "%s", kernel->release);
  if (kernel->modules_kept == FERRY_ANSWER_NO && kernel->installed != NULL
      && kernel->installed[0] != NULL)
    ferry_check_say (check, FERRY_CHECK_FAIL, _("The system was updated and not restarted"), why,
                     _("Restart the computer first."));
  else if (kernel->modules_kept == FERRY_ANSWER_YES)
    ferry_check_say (check, FERRY_CHECK_PASS, _("The running system is complete"), why, "");
  else
    ferry_check_say (check, FERRY_CHECK_UNKNOWN,
                     _("Ferry could not see the parts of the running system"), why, "");
  return TRUE;
}
