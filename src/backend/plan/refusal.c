/* refusal.c: the part of the planner that says no: what would endanger this computer.
 *
 * The rules are those of verdict.h for the card, and beyond: a computer that cannot be put back, a
 * start line that contradicts the wish, a system that is not writable.
 */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "plan/draft.h"

static gboolean
refuse_reason (FerryDraft *draft, const FerryVerdict *verdict, const char *id)
{
  const FerryReason *reason = ferry_verdict_find (verdict, id);

  if (reason == NULL)
    return FALSE;
  ferry_plan_refuse (draft->plan, reason->id, "%s", reason->text);
  return TRUE;
}

static void
refuse_card (FerryDraft *draft, const FerryVerdict *verdict)
{
  if (!draft->intent->accept_only_display)
    refuse_reason (draft, verdict, "only-display");
  if (!draft->intent->accept_acs_override)
    refuse_reason (draft, verdict, "acs-override");
  refuse_reason (draft, verdict, "not-responding");
  for (guint i = 0; i < verdict->reasons->len; i++)
    {
      const FerryReason *reason = g_ptr_array_index (verdict->reasons, i);

      if (reason->verdict == FERRY_CARD_NO)
        ferry_plan_refuse (draft->plan, reason->id, "%s", reason->text);
    }
}

/* Host and card must not change places between look and plan: every chosen display function could be
 * shown by no other card when all cards are taken together. */
static void
refuse_all_screens (FerryDraft *draft)
{
  guint left = 0;

  if (draft->verdicts->len < 2 || draft->intent->accept_only_display)
    return;
  for (guint i = 0; i < draft->machine->cards->len; i++)
    {
      const FerryCard *card = g_ptr_array_index (draft->machine->cards, i);
      gboolean chosen = FALSE;

      for (guint j = 0; j < draft->verdicts->len; j++)
        chosen |= ((FerryVerdict *) g_ptr_array_index (draft->verdicts, j))->card == card;
      left += card->can_show && !chosen;
    }
  if (left == 0)
    ferry_plan_refuse (draft->plan, "only-display",
                       _("With these cards given away, no graphics card is left for your own screen."));
}

static void
refuse_system (FerryDraft *draft)
{
  const FerrySystem *system = draft->machine->system;

  if (system->immutable == FERRY_ANSWER_YES)
    ferry_plan_refuse (draft->plan, "immutable",
                       _("This system keeps its own files read-only, so Ferry cannot set it up."));
  if (system->live == FERRY_ANSWER_YES)
    ferry_plan_refuse (draft->plan, "live",
                       _("The computer was started from a live medium. What is changed now would be "
                         "gone after the restart. Install the system first."));
  if (draft->machine->kernel->modules_kept == FERRY_ANSWER_NO)
    ferry_plan_refuse (draft->plan, "restart-first",
                       _("The kernel was updated since the computer was started. Restart the computer "
                         "first, then come back."));
}

static void
refuse_kernel (FerryDraft *draft)
{
  const char *vfio = ferry_kernel_config (draft->machine->kernel, "CONFIG_VFIO_PCI");

  if (g_strcmp0 (vfio, "n") == 0)
    ferry_plan_refuse (draft->plan, "kernel-lacks-vfio",
                       _("The running kernel was built without support for passing devices to virtual "
                         "machines. Install one of your distribution's standard kernels."));
}

/* Only cards of an x86 machine: the vocabulary of kernel words is that of Intel and AMD. */
static void
refuse_architecture (FerryDraft *draft)
{
  const char *architecture = draft->machine->processor->architecture;

  if (*architecture != '\0' && !g_str_equal (architecture, "x86_64"))
    ferry_plan_refuse (draft->plan, "architecture",
                       _("Ferry can set up computers with Intel or AMD processors only."));
}

/**
 * ferry_draft_refuse_unsafe:
 *
 * Adds a refusal for each thing that speaks against changing this computer at all.
 */
void
ferry_draft_refuse_unsafe (FerryDraft *draft)
{
  refuse_architecture (draft);
  refuse_system (draft);
  refuse_kernel (draft);
  for (guint i = 0; i < draft->verdicts->len; i++)
    refuse_card (draft, g_ptr_array_index (draft->verdicts, i));
  refuse_all_screens (draft);
}
