/* posting.c: see posting.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "plan/listing.h"
#include "plan/paragraph.h"
#include "plan/posting.h"
#include "plan/verification-listing.h"

static void
append_row (GString *out, const char *name, const char *value)
{
  g_autofree char *line = NULL;

  if (value == NULL || *value == '\0')
    return;
  line = g_strdup_printf ("%s: %s", name, value);
  ferry_paragraph_append (out, "", "  ", line);
}

static const char *
describe_start (const FerryFirmware *firmware)
{
  switch (firmware->uefi)
    {
    case FERRY_ANSWER_YES:
      return "UEFI";
    case FERRY_ANSWER_NO:
      return "BIOS";
    case FERRY_ANSWER_UNKNOWN:
    default:
      return "";
    }
}

static void
append_system (GString *out, FerryMachine *machine, const char *start_line)
{
  g_autofree char *board = ferry_firmware_describe_board (machine->firmware);

  append_row (out, "Ferry", FERRY_VERSION);
  append_row (out, _ ("System"), machine->system->name);
  append_row (out, _ ("Kernel"), machine->kernel->release);
  append_row (out, _ ("Processor"), machine->processor->model_name);
  append_row (out, _ ("Main board"), board);
  append_row (out, _ ("Firmware version"), machine->firmware->bios_version);
  append_row (out, _ ("Started by"), describe_start (machine->firmware));
  append_row (out, _ ("Boot loader"), ferry_loader_kind_to_string (machine->loader->kind));
  append_row (out, _ ("Start files made by"),
              ferry_initramfs_kind_to_string (machine->initramfs->kind));
  append_row (out, _ ("Kernel's start line"), start_line);
}

static gboolean
is_of_interest (FerryMachine *machine, FerryDevice *device)
{
  for (guint i = 0; i < machine->cards->len; i++)
    {
      const FerryCard *card = g_ptr_array_index (machine->cards, i);

      if (ferry_card_has (card, device))
        return TRUE;
      for (guint j = 0; j < card->groups->len; j++)
        if (device->group == g_array_index (card->groups, int, j))
          return TRUE;
    }
  return FALSE;
}

/* The groups of the graphics cards only: the whole list is what "ferryctl groups" is for. */
static void
append_groups (GString *out, FerryMachine *machine)
{
  g_autoptr (GPtrArray) devices = g_ptr_array_new ();
  g_autofree char *text = NULL;

  for (guint i = 0; i < machine->devices->len; i++)
    if (is_of_interest (machine, g_ptr_array_index (machine->devices, i)))
      g_ptr_array_add (devices, g_ptr_array_index (machine->devices, i));
  if (devices->len == 0)
    return;
  text = ferry_listing_devices_text (devices);
  g_string_append_printf (out, "\n%s", text);
}

/**
 * ferry_posting_make:
 * @start_line: the kernel's start line, scrubbed; may be empty
 *
 * Returns: (transfer full): plain text for a forum or a mail
 */
char *
ferry_posting_make (FerryMachine *machine, const FerryVerification *verification,
                    const char *start_line)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *found = ferry_verification_listing_text (verification);

  append_system (out, machine, start_line);
  g_string_append_printf (out, "\n%s", found);
  append_groups (out, machine);
  return g_string_free (g_steal_pointer (&out), FALSE);
}
