/* check-sentence.c: the one sentence about the whole computer, from the checks and the best card.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "plan/check-table.h"

#define MAX_STEPS 4

typedef struct
{
  const char *id, *phrase;
} Phrase;

/* What to do about a failed check. One without a phrase follows from another one. */
static const Phrase check_steps[] = {
  { "cpu-virtualization", N_("allow virtual machines in the firmware setup") },
  { "kvm", N_("allow virtual machines in the firmware setup") },
  { "iommu-offered", N_("switch the IOMMU on in the firmware setup") },
  { "iommu-enabled", N_("let Ferry switch the IOMMU on, and restart") },
  { "iommu-groups", N_("update the firmware of the main board") },
  { "interrupt-remapping", N_("let the firmware keep the signals of devices apart") },
  { "command-line", N_("take a word out of the start line") },
  { "kernel-modules", N_("restart the computer") },
  { "system", N_("use an installed system that Ferry can change") },
};

/* What to do about a card that is only possible with care. */
static const Phrase reason_steps[] = {
  { "no-groups", N_("switch the IOMMU on") },
  { "only-display", N_("plug in a second graphics card, or agree to lose your own screen") },
  { "integrated", N_("plug in a graphics card for the virtual machine") },
  { "acs-override", N_("decide whether you trust the virtual machine") },
  { "not-responding", N_("restart the computer to wake the card up") },
  { "screen-attached", N_("plug your screen into the other graphics card") },
  { "keyboard-attached", N_("plug your keyboard in elsewhere") },
  { "no-uefi-rom", N_("choose an old-style virtual machine for this card") },
  { "foreign-devices", N_("agree to give the card without its sound") },
};

/* Why it is not possible, behind "because". */
static const Phrase obstacles[] = {
  { "virtual-machine", N_("it is itself a virtual machine") },
  { "iommu-offered", N_("its processor has no IOMMU, the guard that keeps a card apart") },
  { "graphics-cards", N_("it has no graphics card to give away") },
  { "needed-by-host", N_("it needs its graphics card itself") },
  { "foreign-devices", N_("its graphics card is tied to other devices") },
};

static const char *
find_phrase (const Phrase *phrases, gsize n_phrases, const char *id)
{
  for (gsize i = 0; i < n_phrases; i++)
    if (g_str_equal (phrases[i].id, id))
      return _(phrases[i].phrase);
  return NULL;
}

static gboolean
failed (const FerryReport *report, const char *id)
{
  const FerryCheck *check = ferry_report_find (report, id);

  return check != NULL && check->verdict == FERRY_CHECK_FAIL;
}

/* One cause is named once: what follows from an earlier check is left out. */
static gboolean
follows (const FerryReport *report, const FerryCheck *check)
{
  const char *id = check->id;

  if (g_str_equal (id, "iommu-enabled"))
    return failed (report, "iommu-offered")
           || (failed (report, "command-line") && check->fix == NULL);
  if (g_str_equal (id, "iommu-groups"))
    return failed (report, "iommu-offered") || failed (report, "iommu-enabled");
  if (g_str_equal (id, "kvm"))
    return failed (report, "cpu-virtualization");
  return FALSE;
}

/* The step for switching the IOMMU on when Ferry cannot do it. */
static const char *
iommu_step (const FerryCheck *check)
{
  if (g_strcmp0 (check->fix, "iommu-on") == 0)
    return _("let Ferry switch the IOMMU on, and restart");
  if (check->fix != NULL)
    return _("switch the IOMMU on in the firmware setup");
  return _("get the IOMMU to work");
}

static void
add_step (GPtrArray *steps, const char *step)
{
  if (step != NULL && !g_ptr_array_find_with_equal_func (steps, step, g_str_equal, NULL))
    g_ptr_array_add (steps, (gpointer)step);
}

static void
add_check_steps (const FerryReport *report, GPtrArray *steps)
{
  for (guint i = 0; i < report->checks->len; i++)
    {
      const FerryCheck *check = g_ptr_array_index (report->checks, i);

      if (check->verdict != FERRY_CHECK_FAIL || follows (report, check))
        continue;
      if (g_str_equal (check->id, "iommu-enabled"))
        add_step (steps, iommu_step (check));
      else
        add_step (steps, find_phrase (check_steps, G_N_ELEMENTS (check_steps), check->id));
    }
}

/* What to do about @reason; on a laptop no card can be plugged in. */
static const char *
card_step (const FerryReport *report, const FerryReason *reason)
{
  if (ferry_report_find (report, "laptop") != NULL
      && (g_str_equal (reason->id, "integrated") || g_str_equal (reason->id, "only-display")))
    return _("connect an external graphics card, if the laptop can take one");
  return find_phrase (reason_steps, G_N_ELEMENTS (reason_steps), reason->id);
}

static void
add_card_steps (const FerryReport *report, GPtrArray *steps)
{
  const FerryVerdict *best = ferry_check_best_verdict (report->verdicts);

  if (best == NULL || best->verdict != FERRY_CARD_CAUTION)
    return;
  for (guint i = 0; i < best->reasons->len; i++)
    {
      const FerryReason *reason = g_ptr_array_index (best->reasons, i);

      if (reason->verdict != FERRY_CARD_CAUTION)
        continue;
      /* Another card is the answer to both. */
      if (best->card->integrated && g_str_equal (reason->id, "only-display"))
        continue;
      if (g_str_equal (reason->id, "no-groups") && steps->len > 0)
        continue;
      add_step (steps, card_step (report, reason));
    }
}

static char *
say_steps (const FerryReport *report)
{
  g_autoptr (GPtrArray) steps = g_ptr_array_new ();
  g_autoptr (GString) list = g_string_new (NULL);

  add_check_steps (report, steps);
  add_card_steps (report, steps);
  if (steps->len == 0)
    return g_strdup (_("This computer is nearly ready. Look at the notes below."));
  for (guint i = 0; i < steps->len && i < MAX_STEPS; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? "; " : "",
                            (const char *)g_ptr_array_index (steps, i));
  if (steps->len > MAX_STEPS)
    g_string_append (list, "; …");
  return g_strdup_printf (
      ngettext (
          "This computer can give a graphics card to a virtual machine after this step: %s.",
          "This computer can give a graphics card to a virtual machine after these steps: %s.",
          steps->len),
      list->str);
}

static const char *
find_obstacle (const FerryReport *report)
{
  const FerryVerdict *best = ferry_check_best_verdict (report->verdicts);
  const char *phrase = NULL;

  for (guint i = 0; i < report->checks->len && phrase == NULL; i++)
    {
      const FerryCheck *check = g_ptr_array_index (report->checks, i);

      if (check->verdict == FERRY_CHECK_FAIL && check->blocks)
        phrase = find_phrase (obstacles, G_N_ELEMENTS (obstacles), check->id);
    }
  if (phrase == NULL && best != NULL && best->reasons->len > 0)
    phrase = find_phrase (obstacles, G_N_ELEMENTS (obstacles),
                          ((const FerryReason *)g_ptr_array_index (best->reasons, 0))->id);
  return phrase != NULL ? phrase : _("no graphics card can be taken out of it");
}

/**
 * ferry_check_sentence:
 * @report: with checks, verdicts and the overall verdict filled in
 *
 * Returns: (transfer full): "This computer is ready: ...", "... after these steps: ..." or
 *   "... because ..."
 */
char *
ferry_check_sentence (const FerryReport *report)
{
  const FerryVerdict *best = ferry_check_best_verdict (report->verdicts);

  switch (report->overall)
    {
    case FERRY_OVERALL_READY:
      return g_strdup_printf (_("This computer is ready: %s can be given to a virtual machine."),
                              best->card->name);
    case FERRY_OVERALL_STEPS:
      return say_steps (report);
    case FERRY_OVERALL_IMPOSSIBLE:
    default:
      return g_strdup_printf (
          _("This computer cannot give a graphics card to a virtual machine, because %s."),
          find_obstacle (report));
    }
}
