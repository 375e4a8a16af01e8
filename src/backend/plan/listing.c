/* listing.c: see listing.h. The JSON is made in listing-json.c. */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "plan/listing.h"
#include "plan/paragraph.h"

#define INDENT "        "
#define LAST_RANK 4

/* By group, those without a group last; by address inside. */
static int
compare_devices (gconstpointer a, gconstpointer b)
{
  const FerryDevice *first = *(FerryDevice *const *)a, *second = *(FerryDevice *const *)b;

  if (first->group == second->group)
    return ferry_address_compare (&first->address, &second->address);
  if (first->group == FERRY_DEVICE_NO_GROUP || second->group == FERRY_DEVICE_NO_GROUP)
    return first->group == FERRY_DEVICE_NO_GROUP ? 1 : -1;
  return first->group < second->group ? -1 : 1;
}

/**
 * ferry_listing_sort_devices:
 *
 * Returns: (transfer container) (element-type FerryDevice): @devices by group number, those without
 *   a group last; by address inside a group. Borrowed from @devices.
 */
GPtrArray *
ferry_listing_sort_devices (GPtrArray *devices)
{
  GPtrArray *sorted = g_ptr_array_sized_new (devices->len);

  for (guint i = 0; i < devices->len; i++)
    g_ptr_array_add (sorted, g_ptr_array_index (devices, i));
  g_ptr_array_sort (sorted, compare_devices);
  return sorted;
}

/* Where the name of a class is not known, libpci puts the number behind the kind of class. */
static char *
describe_class (FerryDevice *device)
{
  g_autofree char *number = g_strdup_printf (" [%04x]", device->class_code >> 8);
  char *name = ferry_paragraph_clean (device->class_name);

  if (g_str_has_suffix (name, number))
    name[strlen (name) - strlen (number)] = '\0';
  return name;
}

/* The line of lspci -nn, which helpers in forums read fluently: it is a format, not a sentence, so
 * it is the same in all languages. */
static void
append_device (GString *out, FerryDevice *device)
{
  g_autofree char *address = ferry_address_to_short_string (&device->address);
  g_autofree char *name = ferry_device_describe (device);
  g_autofree char *clean_class = describe_class (device);
  g_autofree char *clean_name = ferry_paragraph_clean (name);

  g_string_append_printf (out, "\t%s %s [%04x]: %s [%04x:%04x]", address, clean_class,
                          device->class_code >> 8, clean_name, device->vendor, device->device);
  if (!device->responding)
    g_string_append (out, " (rev ff)");
  else if (device->revision != 0)
    g_string_append_printf (out, " (rev %02x)", device->revision);
  g_string_append_c (out, '\n');
  if (device->driver != NULL)
    {
      g_autofree char *driver = ferry_paragraph_clean (device->driver);
      g_string_append_printf (out, "\t\tKernel driver in use: %s\n", driver);
    }
}

/**
 * ferry_listing_devices_text:
 * @devices: (element-type FerryDevice): in any order
 *
 * Returns: (transfer full): the IOMMU groups in numeric order, in the form that people post in
 *   forums; devices without a group at the end
 */
char *
ferry_listing_devices_text (GPtrArray *devices)
{
  g_autoptr (GPtrArray) sorted = ferry_listing_sort_devices (devices);
  g_autoptr (GString) out = g_string_new (NULL);
  int group = FERRY_DEVICE_NO_GROUP;

  for (guint i = 0; i < sorted->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (sorted, i);

      if (i == 0 || device->group != group)
        {
          group = device->group;
          if (group != FERRY_DEVICE_NO_GROUP)
            g_string_append_printf (out, "IOMMU Group %d:\n", group);
          else
            g_string_append (out, "No IOMMU Group:\n");
        }
      append_device (out, device);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
ferry_listing_groups_text (FerryMachine *machine)
{
  return ferry_listing_devices_text (machine->devices);
}

/* The word in front of a check. */
static const char *
check_mark (const FerryCheck *check)
{
  switch (check->verdict)
    {
    case FERRY_CHECK_PASS:
      return _ ("good");
    case FERRY_CHECK_WARN:
      return _ ("note");
    case FERRY_CHECK_FAIL:
      return check->blocks ? _ ("stop") : _ ("to do");
    case FERRY_CHECK_UNKNOWN:
    default:
      return "?";
    }
}

static void
append_marked (GString *out, const char *mark, const char *text)
{
  glong width = g_utf8_strlen (mark, -1);
  g_autofree char *first = g_strdup_printf ("  %s%*s", mark, (int)MAX (6 - width, 1), "");

  ferry_paragraph_append (out, first, INDENT, text);
}

static void
append_check (GString *out, const FerryCheck *check)
{
  append_marked (out, check_mark (check), check->title);
  if (check->verdict == FERRY_CHECK_PASS)
    return;

  ferry_paragraph_append (out, INDENT, INDENT, check->why);
  if (check->action != NULL && *check->action != '\0')
    {
      /* Translators: in front of a sentence that says what to do now */
      g_autofree char *action = g_strdup_printf (_ ("What to do: %s"), check->action);
      ferry_paragraph_append (out, INDENT, INDENT, action);
    }
}

static const char *
card_mark (FerryCardVerdict verdict)
{
  switch (verdict)
    {
    case FERRY_CARD_YES:
      return _ ("yes");
    case FERRY_CARD_CAUTION:
      return _ ("note");
    case FERRY_CARD_NO:
    default:
      return _ ("no");
    }
}

static char *
join_addresses (GPtrArray *devices)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < devices->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (devices, i);
      g_autofree char *address = ferry_address_to_short_string (&device->address);

      g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", address);
    }
  return g_string_free (g_steal_pointer (&list), FALSE);
}

/* "01:00.0, 01:00.1 in IOMMU group 1", so that it can be found in the list of groups. */
static char *
describe_place (const FerryCard *card)
{
  g_autofree char *addresses = join_addresses (card->functions);
  g_autoptr (GString) groups = g_string_new (NULL);

  if (card->groups->len == 0)
    return g_strdup_printf (_ ("PCI address %s"), addresses);
  for (guint i = 0; i < card->groups->len; i++)
    g_string_append_printf (groups, "%s%d", i > 0 ? ", " : "",
                            g_array_index (card->groups, int, i));
  return g_strdup_printf (ngettext ("PCI address %s, IOMMU group %s",
                                    "PCI address %s, IOMMU groups %s", card->groups->len),
                          addresses, groups->str);
}

static void
append_verdict (GString *out, const FerryVerdict *verdict)
{
  g_autofree char *place = describe_place (verdict->card);

  append_marked (out, card_mark (verdict->verdict), verdict->card->name);
  ferry_paragraph_append (out, INDENT, INDENT, place);
  ferry_paragraph_append (out, INDENT, INDENT, verdict->sentence);
  for (guint i = 0; i < verdict->reasons->len; i++)
    {
      const FerryReason *reason = g_ptr_array_index (verdict->reasons, i);
      ferry_paragraph_append (out, INDENT "- ", INDENT "  ", reason->text);
    }
}

static void
append_cards (GString *out, const FerryReport *report)
{
  ferry_paragraph_append (out, "", "", _ ("Graphics cards"));
  if (report->verdicts->len == 0)
    ferry_paragraph_append (out, "  ", "  ", _ ("No graphics card was found in this computer."));
  for (guint i = 0; i < report->verdicts->len; i++)
    {
      if (i > 0)
        g_string_append_c (out, '\n');
      append_verdict (out, g_ptr_array_index (report->verdicts, i));
    }
}

/**
 * ferry_listing_cards_text:
 *
 * Returns: (transfer full): each graphics card with its verdict and the reasons
 */
char *
ferry_listing_cards_text (const FerryReport *report)
{
  g_autoptr (GString) out = g_string_new (NULL);

  append_cards (out, report);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* Where a check stands in the list: what stops everything first, what is good last. */
static guint
check_rank (const FerryCheck *check)
{
  switch (check->verdict)
    {
    case FERRY_CHECK_FAIL:
      return check->blocks ? 0 : 1;
    case FERRY_CHECK_WARN:
      return 2;
    case FERRY_CHECK_UNKNOWN:
      return 3;
    case FERRY_CHECK_PASS:
    default:
      return LAST_RANK;
    }
}

/**
 * ferry_listing_check_text:
 *
 * Returns: (transfer full): the verdict, what speaks against it first, then the cards
 */
char *
ferry_listing_check_text (const FerryReport *report)
{
  g_autoptr (GString) out = g_string_new (NULL);

  ferry_paragraph_append (out, "", "", report->sentence);
  g_string_append_c (out, '\n');
  ferry_paragraph_append (out, "", "", _ ("What was checked"));
  for (guint rank = 0; rank <= LAST_RANK; rank++)
    for (guint i = 0; i < report->checks->len; i++)
      {
        const FerryCheck *check = g_ptr_array_index (report->checks, i);
        if (check_rank (check) == rank)
          append_check (out, check);
      }
  g_string_append_c (out, '\n');
  append_cards (out, report);
  return g_string_free (g_steal_pointer (&out), FALSE);
}
