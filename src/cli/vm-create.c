/* vm-create.c: ferryctl vm create: from the words to a FerryGuest, shown, asked about, made. */
#include "config.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "cli/output.h"
#include "cli/question.h"
#include "cli/vm.h"
#include "guest/catalogue.h"
#include "guest/creation.h"
#include "guest/option-rom.h"
#include "plan/paragraph.h"

#define MAX_NAMES 100

static gboolean
usage (GError **error, const char *text)
{
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, text);
  return FALSE;
}

static gboolean
add_address (GArray *list, const char *text, GError **error)
{
  g_autofree char *full = g_strconcat ("0000:", text, NULL);
  g_autofree char *quoted = ferry_paragraph_shorten (text, 60);
  FerryAddress address;

  if (!ferry_address_parse (text, &address) && !ferry_address_parse (full, &address))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("“%s” is not the address of a device, such as 0000:01:00.0."),
                   quoted);
      return FALSE;
    }
  g_array_append_val (list, address);
  return TRUE;
}

static gboolean
add_usb (GArray *list, const char *text, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 2);
  guint64 vendor, product;
  FerryGuestUsb usb;

  if (g_strv_length (parts) != 2 || !g_ascii_string_to_unsigned (parts[0], 16, 0, G_MAXUINT16, &vendor, NULL)
      || !g_ascii_string_to_unsigned (parts[1], 16, 0, G_MAXUINT16, &product, NULL))
    return usage (error, _ ("A USB device is written as lsusb shows it, such as 046d:c52b."));
  usb.vendor = (guint16)vendor;
  usb.product = (guint16)product;
  g_array_append_val (list, usb);
  return TRUE;
}

/* The ROM of another card would be a black screen. */
static gboolean
check_rom (FerryMachine *machine, const FerryGuest *guest, GError **error)
{
  g_autofree char *id = NULL;
  FerryDevice *device;

  if (guest->rom == NULL || guest->card->len == 0)
    return TRUE;
  id = ferry_address_to_string (&g_array_index (guest->card, FerryAddress, 0));
  device = ferry_devices_find (machine->devices, id);
  return device == NULL || ferry_option_rom_check (guest->rom, device->vendor, device->device, NULL, error);
}

static gboolean
take_devices (const FerryWish *wish, FerryMachine *machine, FerryGuest *guest, GError **error)
{
  for (guint i = 0; wish->cards != NULL && wish->cards[i] != NULL; i++)
    if (!ferry_vm_find_card (machine, wish->cards[i], i == 0 ? guest->card : guest->gear, NULL, error))
      return FALSE;
  for (guint i = 0; wish->gear != NULL && wish->gear[i] != NULL; i++)
    if (!add_address (guest->gear, wish->gear[i], error))
      return FALSE;
  for (guint i = 0; wish->usb != NULL && wish->usb[i] != NULL; i++)
    if (!add_usb (guest->usb, wish->usb[i], error))
      return FALSE;
  if (wish->keyboards != NULL)
    {
      g_strfreev (guest->keyboards);
      guest->keyboards = g_strdupv (wish->keyboards);
    }
  if (wish->mice != NULL)
    {
      g_strfreev (guest->mice);
      guest->mice = g_strdupv (wish->mice);
    }
  return TRUE;
}

static gboolean
take_glass (const FerryWish *wish, FerryGuest *guest, GError **error)
{
  g_auto (GStrv) parts = NULL;
  guint64 width, height;

  if (wish->glass == NULL)
    return TRUE;
  parts = g_strsplit (wish->glass, "x", 2);
  if (g_strv_length (parts) != 2 || !g_ascii_string_to_unsigned (parts[0], 10, 1, G_MAXUINT16, &width, NULL)
      || !g_ascii_string_to_unsigned (parts[1], 10, 1, G_MAXUINT16, &height, NULL))
    return usage (error, _ ("The size for Looking Glass is written as 1920x1080."));
  guest->looking_glass = TRUE;
  guest->glass_width = (guint)width;
  guest->glass_height = (guint)height;
  guest->glass_hdr = wish->hdr;
  return TRUE;
}

/* "ubuntu24.04" finds "ubuntu"; NULL when nothing fits. */
static const FerryOffer *
find_offer (FerryCatalogue *catalogue, const char *word)
{
  const FerryOffer *offer = ferry_catalogue_find (catalogue, word);
  g_autofree char *plain = g_strdup (word);

  if (offer != NULL)
    return offer;
  plain[strcspn (plain, "0123456789")] = '\0';
  return *plain != '\0' && !g_str_equal (plain, "win") ? ferry_catalogue_find (catalogue, plain) : NULL;
}

static gboolean
refuse_system (FerryCatalogue *catalogue, const char *word, GError **error)
{
  g_autofree char *quoted = ferry_paragraph_shorten (word, 60);
  g_autoptr (GString) known = g_string_new (NULL);
  const GPtrArray *offers = ferry_catalogue_list (catalogue);

  for (guint i = 0; i < offers->len; i++)
    g_string_append_printf (known, i > 0 ? ", %s" : "%s", ((const FerryOffer *)g_ptr_array_index (offers, i))->nick);
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("“%s” is not a system that Ferry knows. It knows: %s."), quoted,
               known->str);
  return FALSE;
}

/* What is said counts; else what the medium holds; else anything. */
static FerryOffer *
choose_offer (const FerryWish *wish, GError **error)
{
  g_autoptr (FerryCatalogue) catalogue = ferry_catalogue_open ();
  const FerryOffer *offer;

  if (wish->system != NULL)
    {
      offer = find_offer (catalogue, wish->system);
      if (offer == NULL)
        refuse_system (catalogue, wish->system, error);
      return offer != NULL ? ferry_offer_copy (offer) : NULL;
    }
  if (wish->medium != NULL)
    {
      g_autoptr (FerryDisc) disc = ferry_catalogue_identify (catalogue, wish->medium, error);

      if (disc == NULL)
        return NULL;
      if (disc->offer != NULL)
        return ferry_offer_copy (disc->offer);
    }
  offer = ferry_catalogue_find (catalogue, "machine");
  return ferry_offer_copy (offer != NULL ? offer : g_ptr_array_index (ferry_catalogue_list (catalogue), 0));
}

static void
take_sizes (const FerryWish *wish, FerryMachine *machine, const FerryOffer *offer, FerryGuest *guest)
{
  FerryRoom room = ferry_room_make (machine, &offer->needs, G_MAXUINT64);

  if (room.memory_good > 0)
    guest->memory = room.memory_good;
  if (room.processors_good > 0)
    guest->processors = room.processors_good;
  if (wish->memory > 0)
    guest->memory = wish->memory;
  if (wish->processors > 0)
    guest->processors = (guint)wish->processors;
  guest->disk_size = wish->disk > 0 ? wish->disk : room.disk_good;
  if (guest->disk_size == 0)
    guest->disk_size = G_GUINT64_CONSTANT (64) << 30;
}

static void
take_disk (const FerryWish *wish, FerryGuest *guest)
{
  guest->disk_new = wish->disk_file == NULL;
  if (wish->disk_file == NULL || g_str_equal (wish->disk_file, "none"))
    return;
  ferry_guest_set (&guest->disk, wish->disk_file);
}

static FerryGuest *
make_guest (const FerryWish *wish, FerryMachine *machine, const FerryOffer *offer, GError **error)
{
  g_autoptr (FerryGuest) guest = ferry_guest_new ();

  ferry_offer_apply (offer, guest);
  ferry_guest_set (&guest->name, wish->name != NULL ? wish->name : offer->nick);
  take_sizes (wish, machine, offer, guest);
  take_disk (wish, guest);
  ferry_guest_set (&guest->medium, wish->medium);
  ferry_guest_set (&guest->drivers, wish->drivers);
  ferry_guest_set (&guest->pool, wish->pool);
  ferry_guest_set (&guest->rom, wish->rom);
  if (wish->network != NULL)
    ferry_guest_set (&guest->network, g_str_equal (wish->network, "none") ? NULL : wish->network);
  guest->tuning = !wish->no_tuning;
  guest->huge_pages = wish->huge_pages;
  guest->window = !wish->no_window;
  guest->audio = guest->window;
  guest->hidden = wish->hidden;
  if (!take_devices (wish, machine, guest, error) || !take_glass (wish, guest, error)
      || !check_rom (machine, guest, error))
    return NULL;
  return g_steal_pointer (&guest);
}

/* Ctrl+C and a closed terminal cancel, so that what was made is taken back. The second time they end the program. */
static gpointer
wait_for_signal (gpointer data)
{
  g_autoptr (GCancellable) cancellable = data;
  sigset_t set;
  int number;

  sigemptyset (&set);
  sigaddset (&set, SIGINT);
  sigaddset (&set, SIGTERM);
  sigaddset (&set, SIGHUP);
  if (sigwait (&set, &number) == 0)
    g_cancellable_cancel (cancellable);
  if (sigwait (&set, &number) == 0)
    _exit (128 + number);
  return NULL;
}

static GCancellable *
watch_signals (void)
{
  GCancellable *cancellable = g_cancellable_new ();
  sigset_t set;

  sigemptyset (&set);
  sigaddset (&set, SIGINT);
  sigaddset (&set, SIGTERM);
  sigaddset (&set, SIGHUP);
  pthread_sigmask (SIG_BLOCK, &set, NULL);
  g_thread_unref (g_thread_new ("signals", wait_for_signal, g_object_ref (cancellable)));
  return cancellable;
}

static void
print_progress (const char *title, guint64 done, guint64 total, gpointer user_data)
{
  gboolean *quiet = user_data;
  static int last = -1;
  int percent = total > 0 ? (int)(done * 100 / total) : -1;

  if (*quiet || (percent >= 0 && (percent == last || !isatty (STDOUT_FILENO))))
    return;
  last = percent;
  if (percent < 0)
    g_print ("%s…\n", title);
  else
    g_print ("\r%s: %d %%%s", title, percent, percent == 100 ? "\n" : "");
}

static void
append_texts (GString *out, const GPtrArray *texts)
{
  for (guint i = 0; i < texts->len; i++)
    {
      g_string_append_c (out, '\n');
      ferry_paragraph_append (out, "", "", g_ptr_array_index (texts, i));
    }
}

static char *
describe (FerryMachine *machine, const FerryGuest *guest, const FerryOffer *offer, const FerryCreated *preview)
{
  g_autofree char *memory = g_format_size_full (guest->memory, G_FORMAT_SIZE_IEC_UNITS);
  g_autofree char *disk = g_format_size_full (guest->disk_size, G_FORMAT_SIZE_IEC_UNITS);
  g_autofree char *name = ferry_paragraph_clean (guest->name);
  g_autoptr (GString) out = g_string_new (NULL);

  g_string_append_printf (out, _ ("Virtual machine: %s\nSystem: %s\nMemory: %s\nProcessors: %u\n"), name, offer->name, memory,
                          guest->processors);
  if (guest->disk_new)
    g_string_append_printf (out, _ ("New disk: %s\n"), disk);
  else if (guest->disk != NULL)
    g_string_append_printf (out, _ ("Disk: %s\n"), guest->disk);
  for (guint i = 0; i < machine->cards->len && guest->card->len > 0; i++)
    {
      const FerryCard *card = g_ptr_array_index (machine->cards, i);

      if (ferry_address_compare (&card->primary->address, &g_array_index (guest->card, FerryAddress, 0)) == 0)
        g_string_append_printf (out, _ ("Graphics card: %s\n"), card->name);
    }
  append_texts (out, preview->tuning);
  append_texts (out, preview->notes);
  append_texts (out, preview->copies);
  g_string_append_c (out, '\n');
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
add_strings (JsonBuilder *builder, const char *key, const GPtrArray *texts)
{
  json_builder_set_member_name (builder, key);
  json_builder_begin_array (builder);
  for (guint i = 0; i < texts->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (texts, i));
  json_builder_end_array (builder);
}

static gboolean
print_json (const FerryCreated *created, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL, *line = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "name");
  json_builder_add_string_value (builder, created->name);
  json_builder_set_member_name (builder, "xml");
  json_builder_add_string_value (builder, created->xml);
  add_strings (builder, "notes", created->notes);
  add_strings (builder, "tuning", created->tuning);
  add_strings (builder, "copies", created->copies);
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  text = json_to_string (node, TRUE);
  line = g_strconcat (text, "\n", NULL);
  return ferry_output_print (line, error);
}

static void
print_texts (const GPtrArray *texts)
{
  for (guint i = 0; i < texts->len; i++)
    g_printerr ("%s\n", (const char *)g_ptr_array_index (texts, i));
}

/* The XML goes to where it can be piped; what is worth knowing goes to the terminal. */
static int
print_preview (const FerryWish *wish, const FerryCreated *preview, GError **error)
{
  if (wish->json)
    return print_json (preview, error) ? FERRY_EXIT_READY : FERRY_EXIT_ERROR;
  print_texts (preview->tuning);
  print_texts (preview->notes);
  print_texts (preview->copies);
  return ferry_output_print (preview->xml, error) ? FERRY_EXIT_READY : FERRY_EXIT_ERROR;
}

static int
print_made (const FerryWish *wish, const FerryCreated *preview, const FerryCreated *created, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *name = ferry_paragraph_clean (created->name);
  g_autofree char *quoted = g_shell_quote (name);

  if (wish->json)
    return print_json (created, error) ? FERRY_EXIT_READY : FERRY_EXIT_ERROR;
  for (guint i = preview->notes->len; i < created->notes->len; i++)
    ferry_paragraph_append (out, "", "", g_ptr_array_index (created->notes, i));
  g_string_append_printf (out, _ ("“%s” is made. Start it with “ferryctl vm start %s”.\n"), name, quoted);
  return ferry_output_print (out->str, error) ? FERRY_EXIT_READY : FERRY_EXIT_ERROR;
}

/* What was said, and is taken for something else or is less than the system asks for: in front of all other notes. */
static void
add_remarks (const FerryWish *wish, FerryMachine *machine, const FerryGuest *guest, const FerryOffer *offer, FerryCreated *created)
{
  FerryRoom room = ferry_room_make (machine, &offer->needs, G_MAXUINT64);
  char *small = ferry_room_find_problem (&room, guest);

  if (small != NULL)
    g_ptr_array_insert (created->notes, 0, small);
  if (wish->system != NULL && g_strcmp0 (wish->system, offer->id) != 0 && g_strcmp0 (wish->system, offer->nick) != 0)
    g_ptr_array_insert (created->notes, 0,
                        g_strdup_printf (_ ("The list of systems on this computer (libosinfo) has no “%s” that Ferry could take, so the "
                                            "virtual machine is described as %s (%s). It works the same; only the suggested sizes and the "
                                            "name that other programs show come from there."),
                                         wish->system, offer->name, *offer->id != '\0' ? offer->id : offer->nick));
}

static int
make (const FerryWish *wish, FerryCreation *creation, const FerryOffer *offer, const FerryCreated *preview, GError **error)
{
  g_autoptr (FerryCreated) created = NULL;
  g_autofree char *text = describe (creation->machine, creation->guest, offer, preview);
  gboolean quiet = wish->json;

  if (!wish->json && !ferry_output_print (text, error))
    return FERRY_EXIT_ERROR;
  if (!ferry_question_ask (wish->yes, error))
    return FERRY_EXIT_ERROR;
  creation->copy_media = TRUE;
  creation->progress = print_progress;
  creation->user_data = &quiet;
  created = ferry_creation_run (creation, error);
  if (created != NULL)
    add_remarks (wish, creation->machine, creation->guest, offer, created);
  return created != NULL ? print_made (wish, preview, created, error) : FERRY_EXIT_ERROR;
}

/* A name that was not said gets a number when it is taken. */
static void
find_free_name (const FerryWish *wish, FerryVirt *virt, FerryGuest *guest)
{
  g_autofree char *base = g_strdup (guest->name);

  for (guint i = 2; i < MAX_NAMES && wish->name == NULL && virt != NULL && ferry_virt_has (virt, guest->name); i++)
    {
      g_autofree char *next = g_strdup_printf ("%s-%u", base, i);

      ferry_guest_set (&guest->name, next);
    }
}

/* For a computer that is not this one there is no libvirt to ask. */
static gboolean
connect (const FerryWish *wish, GCancellable *cancellable, FerryVirt **virt, GError **error)
{
  gboolean here = wish->root == NULL && wish->machine == NULL;
  g_autoptr (GError) local = NULL;

  if (!here && !wish->dry_run)
    return usage (error, _ ("A virtual machine can be made on this computer only; --dry-run shows what it would be on another."));
  if (!here)
    return TRUE;
  *virt = ferry_vm_connect (wish, cancellable, &local);
  if (*virt != NULL || wish->dry_run)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

int
ferry_vm_create (const FerryWish *wish, GError **error)
{
  g_autoptr (GCancellable) cancellable = watch_signals ();
  g_autoptr (FerryMachine) machine = ferry_vm_scan (wish, error);
  g_autoptr (FerryOffer) offer = machine != NULL ? choose_offer (wish, error) : NULL;
  g_autoptr (FerryGuest) guest = offer != NULL ? make_guest (wish, machine, offer, error) : NULL;
  g_autoptr (FerryVirt) virt = NULL;
  g_autoptr (FerryCreated) preview = NULL;
  FerryCreation creation = { 0 };

  if (guest == NULL || !connect (wish, cancellable, &virt, error))
    return FERRY_EXIT_ERROR;
  find_free_name (wish, virt, guest);
  creation.virt = virt;
  creation.machine = machine;
  creation.guest = guest;
  creation.cancellable = cancellable;
  preview = ferry_creation_preview (&creation, error);
  if (preview == NULL)
    return FERRY_EXIT_ERROR;
  add_remarks (wish, machine, guest, offer, preview);
  return wish->dry_run ? print_preview (wish, preview, error) : make (wish, &creation, offer, preview, error);
}
