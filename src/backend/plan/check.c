/* check.c: see check.h. */
#include "config.h"

#include "plan/check-table.h"
#include "plan/contradiction.h"

/* In the order in which a newcomer reads them; ids are part of the JSON and never change. */
static const struct
{
  const char *id, *part;
  gboolean (*look) (const FerryCheckFacts *facts, FerryCheck *check);
} rows[] = {
  { "virtual-machine", "processor", ferry_check_virtual_machine },
  { "architecture", "processor", ferry_check_architecture },
  { "cpu-virtualization", "processor", ferry_check_cpu_virtualization },
  { "kvm", "processor", ferry_check_kvm },
  { "firmware-mode", "firmware", ferry_check_firmware_mode },
  { "secure-boot", "firmware", ferry_check_secure_boot },
  { "lockdown", "firmware", ferry_check_lockdown },
  { "command-line", "kernel", ferry_check_command_line },
  { "kernel-modules", "kernel", ferry_check_kernel_modules },
  { "iommu-offered", "iommu", ferry_check_iommu_offered },
  { "iommu-enabled", "iommu", ferry_check_iommu_enabled },
  { "iommu-groups", "iommu", ferry_check_iommu_groups },
  { "interrupt-remapping", "iommu", ferry_check_interrupt_remapping },
  { "one-to-one", "iommu", ferry_check_one_to_one },
  { "acs-override", "iommu", ferry_check_acs_override },
  { "above-4g", "devices", ferry_check_above_4g },
  { "resizable-bar", "devices", ferry_check_resizable_bar },
  { "graphics-cards", "cards", ferry_check_graphics_cards },
  { "processor-graphics-hidden", "cards", ferry_check_processor_graphics_hidden },
  { "card-to-give", "cards", ferry_check_card_to_give },
  { "laptop", "cards", ferry_check_laptop },
  { "boot-loader", "loader", ferry_check_boot_loader },
  { "initramfs", "initramfs", ferry_check_initramfs },
  { "memory", "system", ferry_check_memory },
  { "system", "system", ferry_check_system },
  { "software", "system", ferry_check_software },
  { "libvirt", "system", ferry_check_libvirt },
  { "user-group", "system", ferry_check_user_group },
};

static void
ferry_check_free (FerryCheck *check)
{
  g_free (check->title);
  g_free (check->why);
  g_free (check->action);
  g_free (check->details);
  g_free (check);
}

void
ferry_check_say (FerryCheck *check, FerryCheckVerdict verdict, const char *title, const char *why,
                 const char *action)
{
  check->verdict = verdict;
  check->title = g_strdup (title);
  check->why = g_strdup (why);
  check->action = g_strdup (action);
}

/* Adds a line to the details; an empty one adds nothing. */
void
ferry_check_detail (FerryCheck *check, const char *format, ...)
{
  g_autofree char *line = NULL;
  g_autofree char *before = g_steal_pointer (&check->details);
  va_list arguments;

  va_start (arguments, format);
  line = g_strstrip (g_strdup_vprintf (format, arguments));
  va_end (arguments);
  if (before == NULL || before[0] == '\0')
    check->details = g_steal_pointer (&line);
  else if (line[0] == '\0')
    check->details = g_steal_pointer (&before);
  else
    check->details = g_strconcat (before, "\n", line, NULL);
}

void
ferry_check_block (FerryCheck *check)
{
  check->blocks = TRUE;
}

static GPtrArray *
make_verdicts (FerryMachine *machine)
{
  GPtrArray *verdicts = g_ptr_array_new_with_free_func ((GDestroyNotify)ferry_verdict_free);

  for (guint i = 0; i < machine->cards->len; i++)
    g_ptr_array_add (verdicts, ferry_verdict_make (machine, g_ptr_array_index (machine->cards, i)));
  return verdicts;
}

static void
add_checks (GPtrArray *checks, const FerryCheckFacts *facts)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      FerryCheck *check = g_new0 (FerryCheck, 1);

      check->id = rows[i].id;
      check->part = rows[i].part;
      if (!rows[i].look (facts, check))
        {
          ferry_check_free (check);
          continue;
        }
      if (check->details == NULL)
        check->details = g_strdup ("");
      g_ptr_array_add (checks, check);
    }
}

static FerryOverall
decide (const FerryReport *report)
{
  const FerryVerdict *best = ferry_check_best_verdict (report->verdicts);
  gboolean failed = FALSE;

  for (guint i = 0; i < report->checks->len; i++)
    {
      const FerryCheck *check = g_ptr_array_index (report->checks, i);

      if (check->verdict != FERRY_CHECK_FAIL)
        continue;
      if (check->blocks)
        return FERRY_OVERALL_IMPOSSIBLE;
      failed = TRUE;
    }
  return failed || best == NULL || best->verdict != FERRY_CARD_YES ? FERRY_OVERALL_STEPS
                                                                   : FERRY_OVERALL_READY;
}

/**
 * ferry_report_make:
 * @machine: the computer
 *
 * Runs all checks and judges all cards. The computer is
 * - "impossible" when a check fails that no setting can mend: no card that could be given, all
 *   cards are refused, the processor has no IOMMU, or this is a virtual machine without one;
 * - "steps" when a check fails or the best card is only possible with care;
 * - "ready" otherwise. A warning does not stop "ready": missing software, for example, is installed
 *   by Ferry itself. What could not be read (unknown) never counts against the computer.
 *
 * Checks that have nothing to say on this machine are left out: virtual-machine (not known),
 * lockdown, one-to-one, acs-override, resizable-bar, processor-graphics-hidden, card-to-give (no
 * card), laptop.
 *
 * Returns: (transfer full): the report; it borrows from @machine and must not outlive it
 */
FerryReport *
ferry_report_make (FerryMachine *machine)
{
  FerryReport *report = g_new0 (FerryReport, 1);
  g_autoptr (GPtrArray) contradictions = ferry_contradictions_find (machine);
  FerryCheckFacts facts;

  report->verdicts = make_verdicts (machine);
  report->checks = g_ptr_array_new_with_free_func ((GDestroyNotify)ferry_check_free);
  facts = (FerryCheckFacts){ machine, report->verdicts, contradictions };
  add_checks (report->checks, &facts);
  report->overall = decide (report);
  report->sentence = ferry_check_sentence (report);
  return report;
}

/**
 * ferry_report_find:
 * @id: for example "iommu-enabled"
 *
 * Returns: (transfer none) (nullable): the check with this id
 */
const FerryCheck *
ferry_report_find (const FerryReport *report, const char *id)
{
  for (guint i = 0; i < report->checks->len; i++)
    {
      const FerryCheck *check = g_ptr_array_index (report->checks, i);

      if (g_str_equal (check->id, id))
        return check;
    }
  return NULL;
}

void
ferry_report_free (FerryReport *report)
{
  if (report == NULL)
    return;
  g_free (report->sentence);
  g_ptr_array_unref (report->checks);
  g_ptr_array_unref (report->verdicts);
  g_free (report);
}

/**
 * ferry_check_verdict_to_string:
 *
 * Returns: (transfer none): the untranslated word for machine-readable output
 */
const char *
ferry_check_verdict_to_string (FerryCheckVerdict verdict)
{
  switch (verdict)
    {
    case FERRY_CHECK_PASS:
      return "pass";
    case FERRY_CHECK_WARN:
      return "warn";
    case FERRY_CHECK_FAIL:
      return "fail";
    case FERRY_CHECK_UNKNOWN:
    default:
      return "unknown";
    }
}

/**
 * ferry_overall_to_string:
 *
 * Returns: (transfer none): the untranslated word for machine-readable output
 */
const char *
ferry_overall_to_string (FerryOverall overall)
{
  switch (overall)
    {
    case FERRY_OVERALL_READY:
      return "ready";
    case FERRY_OVERALL_STEPS:
      return "steps";
    case FERRY_OVERALL_IMPOSSIBLE:
    default:
      return "impossible";
    }
}
