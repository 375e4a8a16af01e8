/* creation.c: see creation.h. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
#include <glib/gi18n-lib.h>

#include "facts/error.h"
#include "guest/claim.h"
#include "guest/creation.h"
#include "guest/domain.h"
#include "guest/guard.h"
#include "guest/disk-image.h"
#include "guest/mark.h"
#include "guest/medium.h"
#include "guest/room.h"
#include "guest/storage.h"
#include "guest/symptom.h"
#include "guest/trail.h"

/* A ROM has no secrets, and QEMU reads it as its own user. */
#define ROM_MODE 0644

/* What is known and decided before the first step. */
typedef struct
{
  const FerryCreation *creation;
  FerryGuest *guest;
  FerryStorage *storage;                   /* NULL without libvirt, or when no image is made */
  FerryMedium *medium, *drivers, *rom, *image; /* NULL when there is none */
  FerryTrail *trail;                       /* NULL for a preview */
  GPtrArray *notes, *tuning, *copies;
  gboolean autostart; /* the network had that before */
} Work;

static void
work_clear (Work *work)
{
  g_clear_pointer (&work->guest, ferry_guest_free);
  g_clear_pointer (&work->storage, ferry_storage_free);
  g_clear_pointer (&work->medium, ferry_medium_free);
  g_clear_pointer (&work->drivers, ferry_medium_free);
  g_clear_pointer (&work->rom, ferry_medium_free);
  g_clear_pointer (&work->image, ferry_medium_free);
  g_clear_pointer (&work->trail, ferry_trail_free);
  g_clear_pointer (&work->notes, g_ptr_array_unref);
  g_clear_pointer (&work->tuning, g_ptr_array_unref);
  g_clear_pointer (&work->copies, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

void
ferry_created_free (FerryCreated *created)
{
  g_free (created->name);
  g_free (created->xml);
  g_ptr_array_unref (created->notes);
  g_ptr_array_unref (created->tuning);
  g_ptr_array_unref (created->copies);
  g_free (created);
}

static gboolean
go_on (Work *work, const char *title, GError **error)
{
  const FerryCreation *creation = work->creation;

  if (g_cancellable_is_cancelled (creation->cancellable))
    {
      g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_CANCELLED, _ ("Cancelled. Nothing was left behind."));
      return FALSE;
    }
  if (creation->progress != NULL)
    creation->progress (title, 0, 0, creation->user_data);
  return TRUE;
}

/* The file as QEMU's user sees it. Without libvirt, or on a recorded computer, nobody can tell. */
static gboolean
look_at (Work *work, const char *path, FerryMediumKind kind, FerryMedium **medium, GError **error)
{
  FerryVirt *virt = work->creation->virt;
  guint uid = 0, gid = 0;

  if (path == NULL || virt == NULL || !ferry_root_is_live (work->creation->machine->root))
    return TRUE;
  ferry_virt_read_owner (virt, &uid, &gid);
  *medium = ferry_medium_check (work->creation->machine->root, path, kind, uid, gid, error);
  return *medium != NULL;
}

static void
note_copy (Work *work, const FerryMedium *medium)
{
  char *text = medium != NULL ? ferry_medium_describe (medium) : NULL;

  if (text != NULL)
    g_ptr_array_add (work->copies, text);
}

static gboolean
is_device (const char *path)
{
  return g_str_has_prefix (path, G_DIR_SEPARATOR_S "dev" G_DIR_SEPARATOR_S);
}

/* Of an image that is there: by what is in it, which libvirt can see where the user may not. On a recorded computer there
 * is none, and the name has to do. */
static gboolean
look_at_format (Work *work, GError **error)
{
  FerryMachine *machine = work->creation->machine;
  const char *path = work->guest->disk, *format = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *told = NULL, *shown = g_filename_display_name (path);

  if (is_device (path))
    format = "raw";
  else if (ferry_root_is_live (machine->root) || ferry_root_exists (machine->root, path + 1))
    format = ferry_disk_image_detect (machine->root, path, &local);
  else
    format = g_str_has_suffix (path, ".qcow2") ? "qcow2" : "raw";
  if (g_error_matches (local, FERRY_ERROR, FERRY_ERROR_DENIED) && work->creation->virt != NULL)
    told = ferry_virt_read_format (work->creation->virt, path);
  if (told != NULL)
    {
      g_clear_error (&local);
      format = ferry_disk_image_accept (path, told, &local);
    }
  if (format == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (g_str_has_suffix (path, g_str_equal (format, "raw") ? ".qcow2" : ".raw"))
    g_ptr_array_add (work->notes, g_strdup_printf (_ ("“%s” is a %s image, whatever its name says; it is used as that."), shown, format));
  ferry_guest_set (&work->guest->disk_format, format);
  return TRUE;
}

static gboolean
look_at_files (Work *work, GError **error)
{
  const FerryGuest *guest = work->guest;
  g_autofree char *folder = NULL;

  if (!look_at (work, guest->medium, FERRY_MEDIUM_DISC, &work->medium, error)
      || !look_at (work, guest->drivers, FERRY_MEDIUM_DISC, &work->drivers, error)
      || !look_at (work, guest->rom, FERRY_MEDIUM_ROM, &work->rom, error))
    return FALSE;
  note_copy (work, work->medium);
  note_copy (work, work->drivers);
  note_copy (work, work->rom);
  if (guest->disk == NULL || guest->disk_new)
    return TRUE;
  if (is_device (guest->disk))
    return look_at_format (work, error);
  if (!look_at (work, guest->disk, FERRY_MEDIUM_DISC, &work->image, error))
    return FALSE;
  if (work->image == NULL || work->image->reachable)
    return look_at_format (work, error);
  folder = g_filename_display_name (work->image->obstacle);
  g_set_error (error, FERRY_ERROR, FERRY_ERROR_REFUSED,
               _ ("Virtual machines run as a user of their own, who may not look into “%s”. Move the disk image to the folder of the "
                  "images (/var/lib/libvirt/images) and choose it there."),
               folder);
  return FALSE;
}

static guint64
count_needed (const Work *work)
{
  guint64 needed = work->guest->disk_new ? work->guest->disk_size : 0;

  if (work->medium != NULL && !work->medium->reachable)
    needed += work->medium->size;
  if (work->drivers != NULL && !work->drivers->reachable)
    needed += work->drivers->size;
  if (work->rom != NULL && !work->rom->reachable)
    needed += work->rom->size;
  return needed;
}

/* Where the images go; a new disk gets its path. */
static gboolean
plan_storage (Work *work, GError **error)
{
  FerryVirt *virt = work->creation->virt;
  guint64 needed = count_needed (work);
  g_autofree char *name = NULL;

  if (needed == 0)
    return TRUE;
  work->storage = ferry_storage_choose (virt, work->creation->machine->root, work->guest->pool, error);
  if (work->storage == NULL || !ferry_storage_check_space (work->storage, needed, error))
    return FALSE;
  if (!work->guest->disk_new)
    return TRUE;
  name = ferry_storage_find_name (virt, work->storage, work->guest->name, ".qcow2");
  g_free (work->guest->disk);
  work->guest->disk = g_build_filename (work->storage->folder, name, NULL);
  return TRUE;
}

/* A network that is not there is left out: the machine works without, and the note says what is missing. */
static gboolean
plan_network (Work *work, gboolean *start, GError **error)
{
  g_autoptr (GPtrArray) networks = NULL;

  *start = FALSE;
  if (work->guest->network == NULL || work->creation->virt == NULL)
    return TRUE;
  networks = ferry_virt_list_networks (work->creation->virt, error);
  if (networks == NULL)
    return FALSE;
  for (guint i = 0; i < networks->len; i++)
    {
      const FerryNetwork *network = g_ptr_array_index (networks, i);

      if (!g_str_equal (network->name, work->guest->network))
        continue;
      *start = !network->active;
      work->autostart = network->autostart;
      return TRUE;
    }
  g_ptr_array_add (work->notes, g_strdup_printf (_ ("There is no virtual network “%s”, so the virtual machine gets no network. Install "
                                                    "libvirt's default network and add one later in the program virt-manager."),
                                                 work->guest->network));
  ferry_guest_set (&work->guest->network, NULL);
  return TRUE;
}

/* What this computer does not have, or cannot do without. */
static gboolean
guard (Work *work, GError **error)
{
  FerryMachine *machine = work->creation->machine;
  const FerryRoomNeeds nothing = { 0 };
  const FerryRoom room = ferry_room_make (machine, &nothing, G_MAXUINT64);
  g_autofree char *excess = ferry_room_find_excess (&room, work->guest);
  g_autoptr (GArray) functions = g_array_new (FALSE, FALSE, sizeof (FerryAddress));

  if (excess != NULL)
    {
      g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_REFUSED, excess);
      return FALSE;
    }
  g_array_append_vals (functions, work->guest->card->data, work->guest->card->len);
  g_array_append_vals (functions, work->guest->gear->data, work->guest->gear->len);
  return ferry_guard_check (machine, functions, NULL, work->notes, error)
         && ferry_guard_check_usb (machine, work->guest->usb, functions, work->notes, error);
}

/* Other machines that have the card or the other devices, too. */
static gboolean
note_claims (Work *work, GError **error)
{
  const FerryGuest *guest = work->guest;
  g_autoptr (GPtrArray) residents = NULL, card = NULL, gear = NULL;
  char *sentences[2];

  if (work->creation->virt == NULL || guest->card->len + guest->gear->len == 0)
    return TRUE;
  residents = ferry_virt_list (work->creation->virt, error);
  if (residents == NULL)
    return FALSE;
  card = ferry_claim_find (residents, guest->card, guest->name);
  gear = ferry_claim_find (residents, guest->gear, guest->name);
  sentences[0] = ferry_claim_describe (card);
  sentences[1] = ferry_claim_describe_gear (gear);
  for (gsize i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (sentences[i] != NULL)
      g_ptr_array_add (work->notes, sentences[i]);
  return TRUE;
}

static gboolean
check_name (const FerryCreation *creation, GError **error)
{
  if (!ferry_guest_check_name (creation->guest->name, error))
    return FALSE;
  if (creation->virt == NULL || !ferry_virt_has (creation->virt, creation->guest->name))
    return TRUE;
  g_set_error (error, FERRY_ERROR, FERRY_ERROR_REFUSED,
               _ ("There is a virtual machine “%s” already. Please choose another name; nothing was changed."), creation->guest->name);
  return FALSE;
}

/* Everything that can be found out without changing anything. */
static gboolean
prepare (Work *work, const FerryCreation *creation, gboolean *start_network, GError **error)
{
  work->creation = creation;
  work->guest = ferry_guest_copy (creation->guest);
  work->notes = g_ptr_array_new_with_free_func (g_free);
  work->tuning = g_ptr_array_new_with_free_func (g_free);
  work->copies = g_ptr_array_new_with_free_func (g_free);
  return check_name (creation, error) && look_at_files (work, error) && plan_storage (work, error)
         && ferry_guest_check (work->guest, error) && guard (work, error) && plan_network (work, start_network, error) && note_claims (work, error);
}

static void
copy_texts (GPtrArray *to, const GPtrArray *from)
{
  for (guint i = 0; from != NULL && i < from->len; i++)
    g_ptr_array_add (to, g_strdup (g_ptr_array_index (from, i)));
}

static void
tell_tuning (Work *work, const FerryTuning *tuning)
{
  g_ptr_array_set_size (work->tuning, 0);
  if (!work->guest->tuning)
    return;
  g_ptr_array_add (work->tuning, g_strdup (tuning->sentence));
  copy_texts (work->tuning, tuning->reasons);
}

static char *
make_xml (Work *work, GError **error)
{
  const FerryCreation *creation = work->creation;
  g_autoptr (FerryAbilities) abilities
      = creation->virt != NULL ? ferry_virt_read_abilities (creation->virt, error) : ferry_abilities_guess (creation->machine);
  g_autoptr (FerryTuning) tuning = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  char *xml;

  if (abilities == NULL)
    return NULL;
  tuning = ferry_tuning_make (creation->machine, work->guest);
  xml = ferry_domain_make_xml (creation->machine, work->guest, abilities, tuning, &notes, error);
  if (xml == NULL)
    return NULL;
  copy_texts (work->notes, notes);
  tell_tuning (work, tuning);
  return xml;
}

static FerryCreated *
make_result (Work *work, char *xml)
{
  FerryCreated *created = g_new0 (FerryCreated, 1);

  created->name = g_strdup (work->guest->name);
  created->xml = xml;
  created->notes = g_steal_pointer (&work->notes);
  created->tuning = g_steal_pointer (&work->tuning);
  created->copies = g_steal_pointer (&work->copies);
  return created;
}

/**
 * ferry_creation_preview:
 *
 * Changes nothing.
 *
 * Returns: (transfer full) (nullable): what would be made; an error when something already speaks against it
 */
FerryCreated *
ferry_creation_preview (const FerryCreation *creation, GError **error)
{
  g_auto (Work) work = { 0 };
  gboolean start_network;
  char *xml;

  if (!prepare (&work, creation, &start_network, error))
    return NULL;
  xml = make_xml (&work, error);
  return xml != NULL ? make_result (&work, xml) : NULL;
}

static gboolean
open_storage (Work *work, GError **error)
{
  FerryVirt *virt = work->creation->virt;
  FerryStorage *storage = work->storage;
  g_autofree char *name = NULL;

  if (storage == NULL || (!storage->missing && !storage->stopped))
    return TRUE;
  if (!go_on (work, _ ("Opening the place for the images"), error))
    return FALSE;
  if (storage->missing)
    {
      if (!ferry_virt_make_pool (virt, storage->pool, storage->folder, error))
        return FALSE;
      ferry_trail_add (work->trail, FERRY_TRAIL_POOL, storage->pool);
    }
  else if (!ferry_virt_start_pool (virt, storage->pool, error))
    return FALSE;

  /* Now the free space and the names are known. */
  g_clear_pointer (&work->storage, ferry_storage_free);
  return plan_storage (work, error);
}

/* That it does not start speaks against starting the machine, not against making it. */
static gboolean
start_network (Work *work, gboolean wanted, GError **error)
{
  const char *network = work->guest->network;
  g_autoptr (GError) local = NULL;
  g_autofree char *why = NULL;

  if (!wanted)
    return TRUE;
  if (!go_on (work, _ ("Starting the virtual network"), error))
    return FALSE;
  if (ferry_virt_start_network (work->creation->virt, network, &local))
    {
      g_autofree char *step = g_strconcat (network, work->autostart ? "\nautostart" : NULL, NULL);

      ferry_trail_add (work->trail, FERRY_TRAIL_NETWORK, step);
      return TRUE;
    }
  why = ferry_symptom_get_sentences (local);
  g_ptr_array_add (work->notes, g_strdup_printf (_ ("The virtual network “%s” does not start yet, and without it the virtual machine does "
                                                    "not either. %s"),
                                                 network, why));
  return TRUE;
}

/* An image that did not exist before. When libvirt ended meanwhile it may be there all the same. */
static char *
make_volume (Work *work, const char *name, const char *format, guint64 size, guint mode, GError **error)
{
  FerryVirt *virt = work->creation->virt;
  char *path = ferry_virt_make_volume (virt, work->storage->pool, name, format, size, mode, error);
  g_autofree char *expected = g_build_filename (work->storage->folder, name, NULL);

  if (path != NULL || !ferry_virt_is_alive (virt))
    ferry_trail_add (work->trail, FERRY_TRAIL_VOLUME, path != NULL ? path : expected);
  return path;
}

typedef struct
{
  const FerryCreation *creation;
  const char *title;
} Report;

static void
report_copy (guint64 done, guint64 total, gpointer user_data)
{
  const Report *report = user_data;

  if (report->creation->progress != NULL)
    report->creation->progress (report->title, done, total, report->creation->user_data);
}

static int
open_file (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  g_autofree char *shown = g_filename_display_name (path);

  if (fd < 0)
    g_set_error (error, FERRY_ERROR, FERRY_ERROR_DENIED, _ ("“%s” cannot be read: %s."), shown, g_strerror (errno));
  return fd;
}

/* Copies a file that QEMU cannot reach into the pool; *@member then names the copy. */
static gboolean
copy_file (Work *work, const FerryMedium *medium, char **member, const char *ending, const char *title, GError **error)
{
  FerryVirt *virt = work->creation->virt;
  g_autofree char *name = NULL, *path = NULL;
  Report report = { work->creation, title };
  gboolean good;
  int fd;

  if (medium == NULL)
    return TRUE;
  if (medium->reachable)
    {
      ferry_guest_set (member, medium->path);
      return TRUE;
    }
  if (!go_on (work, title, error))
    return FALSE;
  fd = open_file (medium->path, error);
  if (fd < 0)
    return FALSE;
  name = ferry_storage_find_name (virt, work->storage, work->guest->name, ending);
  path = make_volume (work, name, "raw", medium->size, medium == work->rom ? ROM_MODE : 0, error);
  good = path != NULL
         && ferry_virt_fill_volume (virt, path, fd, medium->size, report_copy, &report, work->creation->cancellable, error);
  close (fd);
  if (good)
    ferry_guest_set (member, path);
  return good;
}

static gboolean
copy_files (Work *work, GError **error)
{
  if (work->copies->len > 0 && !work->creation->copy_media)
    {
      g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_REFUSED, g_ptr_array_index (work->copies, 0));
      return FALSE;
    }
  return copy_file (work, work->medium, &work->guest->medium, ".iso", _ ("Copying the installation medium"), error)
         && copy_file (work, work->drivers, &work->guest->drivers, ".iso", _ ("Copying the medium with the drivers"), error)
         && copy_file (work, work->rom, &work->guest->rom, ".rom", _ ("Copying the card's ROM"), error);
}

static gboolean
make_disk (Work *work, GError **error)
{
  g_autofree char *name = NULL, *path = NULL;

  if (!work->guest->disk_new)
    return TRUE;
  if (!go_on (work, _ ("Making the disk"), error))
    return FALSE;
  name = g_path_get_basename (work->guest->disk);
  path = make_volume (work, name, work->guest->disk_format, work->guest->disk_size, 0, error);
  if (path == NULL)
    return FALSE;
  ferry_guest_set (&work->guest->disk, path);
  return TRUE;
}

static char *
define (Work *work, GError **error)
{
  g_autofree char *xml = make_xml (work, error);
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *step = g_strconcat (work->guest->name, "\n", uuid, NULL);
  g_auto (GStrv) volumes = ferry_trail_list_volumes (work->trail);
  g_autofree char *marked = NULL;

  if (xml == NULL || !go_on (work, _ ("Telling libvirt about the virtual machine"), error))
    return NULL;
  marked = ferry_mark_write (xml, uuid, (const char *const *)volumes, error);
  if (marked == NULL)
    return NULL;
  ferry_trail_add (work->trail, FERRY_TRAIL_MACHINE, step);
  return ferry_virt_define (work->creation->virt, marked, error);
}

/* Takes everything back; what cannot be is added to the error. */
static void
take_back (Work *work, GError **error)
{
  g_autofree char *left = NULL;
  g_autofree char *more = NULL;

  if (ferry_trail_take_back (work->trail, &left) || error == NULL || *error == NULL)
    return;
  more = g_strdup_printf (_ ("This could not be taken back and is still there: %s."), left);
  g_prefix_error (error, "%s ", more);
}

/**
 * ferry_creation_run:
 *
 * Returns: (transfer full) (nullable): what was made; on an error, also %FERRY_ERROR_CANCELLED, nothing is left, or the
 *   message says what. %FERRY_ERROR_REFUSED without @copy_media when a file would have to be copied.
 */
FerryCreated *
ferry_creation_run (const FerryCreation *creation, GError **error)
{
  g_auto (Work) work = { 0 };
  gboolean network = FALSE;
  char *xml = NULL;

  if (creation->progress != NULL)
    creation->progress (_ ("Checking"), 0, 0, creation->user_data);
  if (!prepare (&work, creation, &network, error))
    return NULL;
  work.trail = ferry_trail_new (creation->virt);
  if (open_storage (&work, error) && copy_files (&work, error) && make_disk (&work, error)
      && start_network (&work, network, error))
    xml = define (&work, error);
  if (xml != NULL)
    return make_result (&work, xml);
  take_back (&work, error);
  return NULL;
}
