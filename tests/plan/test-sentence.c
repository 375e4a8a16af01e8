/* test-sentence.c: the one sentence about a computer: each cause once, in words for a newcomer. */
#include "config.h"

#include <string.h>

#include "plan/check.h"

#include "sample.h"

static void
leave (FerryMachine *machine)
{
}

static void
iommu_missing_word (FerryMachine *machine)
{
  ferry_sample_remove_groups (machine);
}

static void
iommu_off_word (FerryMachine *machine)
{
  ferry_sample_remove_groups (machine);
  ferry_sample_set_cmdline (machine, "intel_iommu=on intel_iommu=off");
}

static void
iommu_not_offered (FerryMachine *machine)
{
  ferry_sample_remove_groups (machine);
  machine->iommu->offered = FERRY_ANSWER_NO;
}

static void
iommu_never (FerryMachine *machine)
{
  iommu_not_offered (machine);
  machine->processor->vt_d = FERRY_ANSWER_NO;
}

static void
iommu_unknown (FerryMachine *machine)
{
  ferry_sample_remove_groups (machine);
  machine->iommu->offered = machine->iommu->enabled = FERRY_ANSWER_UNKNOWN;
  machine->iommu->grouped = FERRY_ANSWER_UNKNOWN;
}

static void
nested (FerryMachine *machine)
{
  machine->processor->hypervisor = FERRY_ANSWER_YES;
}

static void
nested_without_iommu (FerryMachine *machine)
{
  nested (machine);
  iommu_not_offered (machine);
}

static void
one_card (FerryMachine *machine)
{
  g_ptr_array_remove_index (machine->cards, 0);
}

static void
no_cards (FerryMachine *machine)
{
  g_ptr_array_set_size (machine->cards, 0);
}

static void
only_integrated (FerryMachine *machine)
{
  g_ptr_array_remove_index (machine->cards, 1);
}

static void
laptop (FerryMachine *machine)
{
  machine->firmware->laptop = FERRY_ANSWER_YES;
}

typedef struct
{
  const char *name;
  void (*spoil) (FerryMachine *machine);
  const char *says;     /* in the sentence */
  const char *says_not; /* or NULL */
} Sentence;

static void
card_on_bad_board (FerryMachine *machine)
{
  one_card (machine);
  ferry_sample_get (machine, "0000:00:1f.2")->group = 1;
}

static void
only_integrated_laptop (FerryMachine *machine)
{
  only_integrated (machine);
  laptop (machine);
}

static void
off_and_rescue (FerryMachine *machine)
{
  ferry_sample_remove_groups (machine);
  ferry_sample_set_cmdline (machine, "module_blacklist=vfio_pci");
}

static const Sentence sentences[] = {
  { "ready", leave, "is ready: GeForce GTX 970 (NVIDIA)", "step" },
  { "one-cause-once", iommu_not_offered, "this step: switch the IOMMU on in the firmware setup.",
    ";" },
  { "ferry-does-it", iommu_missing_word, "let Ferry switch the IOMMU on, and restart", NULL },
  { "off-word", iommu_off_word, "take a word out of the start line", "let Ferry" },
  { "two-causes", off_and_rescue, "start line; let Ferry switch the IOMMU on", NULL },
  { "second-card", one_card, "plug in a second graphics card", NULL },
  { "integrated-only", only_integrated, "plug in a graphics card for the virtual machine",
    "second" },
  { "laptop", only_integrated_laptop, "connect an external graphics card", "plug in" },
  { "unknown-iommu", iommu_unknown, "switch the IOMMU on", "because" },
  { "no-card", no_cards, "because it has no graphics card to give away", NULL },
  { "no-iommu", iommu_never, "because its processor has no IOMMU", NULL },
  { "nested", nested_without_iommu, "because it is itself a virtual machine", NULL },
  { "tied", card_on_bad_board, "because its graphics card is tied to other devices", NULL },
};

static void
test_sentence (gconstpointer data)
{
  const Sentence *one = data;
  g_autoptr (FerryMachine) machine = ferry_sample_desktop ();
  g_autoptr (FerryReport) report = NULL;

  one->spoil (machine);
  report = ferry_report_make (machine);
  if (strstr (report->sentence, one->says) == NULL)
    g_error ("“%s” does not say “%s”", report->sentence, one->says);
  if (one->says_not != NULL && strstr (report->sentence, one->says_not) != NULL)
    g_error ("“%s” says “%s”", report->sentence, one->says_not);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (sentences); i++)
    {
      g_autofree char *path = g_strconcat ("/sentence/", sentences[i].name, NULL);

      g_test_add_data_func (path, &sentences[i], test_sentence);
    }
  return g_test_run ();
}
