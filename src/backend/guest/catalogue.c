/* catalogue.c: see catalogue.h. */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>
#include <osinfo/osinfo.h>

#include "facts/error.h"
#include "guest/catalogue.h"
#include "guest/label.h"

#define ARCHITECTURE "x86_64"

struct _FerryCatalogue
{
  grefcount ref_count;
  GMutex lock;     /* libosinfo says nothing about threads */
  OsinfoDb *db;    /* NULL without a database */
  GPtrArray *list; /* of FerryOffer */
};

/* What a newcomer chooses from. @id names one system; else the newest of @distro is meant.
 * @beginning is how the names of its images begin, in lower case, for those that the database does
 * not know. */
typedef struct
{
  const char *id, *distro, *name, *nick, *beginning;
  FerryGuestFamily family;
} Choice;

static const Choice choices[] = {
  { "win11", NULL, "Windows 11", "win11", NULL, FERRY_GUEST_WINDOWS },
  { "win10", NULL, "Windows 10", "win10", NULL, FERRY_GUEST_WINDOWS },
  { NULL, "ubuntu", "Ubuntu", "ubuntu", "ubuntu", FERRY_GUEST_LINUX },
  { NULL, "fedora", "Fedora", "fedora", "fedora", FERRY_GUEST_LINUX },
  { NULL, "debian", "Debian", "debian", "debian", FERRY_GUEST_LINUX },
  { "manjaro", NULL, "Manjaro", "manjaro", "manjaro", FERRY_GUEST_LINUX },
  { "archlinux", NULL, "Arch Linux", "archlinux", "arch_", FERRY_GUEST_LINUX },
  { "linux2022", NULL, N_ ("Another Linux"), "linux", NULL, FERRY_GUEST_LINUX },
  { "", NULL, N_ ("Another system"), "machine", NULL, FERRY_GUEST_OTHER },
};

/* More beginnings of Linux images that have no line of their own above. */
static const char *const linux_beginnings[]
    = { "linux mint",  "linuxmint", "mint",    "pop_os",     "pop!_os", "opensuse",
        "endeavouros", "eos_",      "zorin",   "elementary", "cachyos", "nobara",
        "bazzite",     "garuda",    "kubuntu", "xubuntu",    "lubuntu", "mx-",
        "nixos",       "alpine",    "gentoo",  "solus",      "kali",    "void_live" };

void
ferry_offer_free (FerryOffer *offer)
{
  if (offer == NULL)
    return;
  g_free (offer->id);
  g_free (offer->uri);
  g_free (offer->name);
  g_free (offer->nick);
  g_free (offer);
}

/**
 * ferry_offer_copy:
 * @offer: (nullable):
 *
 * Returns: (transfer full) (nullable): the same
 */
FerryOffer *
ferry_offer_copy (const FerryOffer *offer)
{
  FerryOffer *copy;

  if (offer == NULL)
    return NULL;
  copy = g_new (FerryOffer, 1);
  *copy = *offer;
  copy->id = g_strdup (offer->id);
  copy->uri = g_strdup (offer->uri);
  copy->name = g_strdup (offer->name);
  copy->nick = g_strdup (offer->nick);
  return copy;
}

/**
 * ferry_offer_apply:
 *
 * Makes @guest one for this system. Sizes are left alone: see guest/room.
 */
void
ferry_offer_apply (const FerryOffer *offer, FerryGuest *guest)
{
  g_return_if_fail (offer != NULL);
  g_return_if_fail (guest != NULL);

  ferry_guest_set (&guest->system, offer->id);
  ferry_guest_set (&guest->system_id, offer->uri);
  guest->family = offer->family;
  guest->secure_boot = offer->secure_boot;
  guest->tpm = offer->tpm;
}

void
ferry_disc_free (FerryDisc *disc)
{
  if (disc == NULL)
    return;
  g_free (disc->title);
  g_free (disc->volume);
  ferry_offer_free (disc->offer);
  g_free (disc);
}

/* The database */

static guint64
clamp_bytes (gint64 value)
{
  return value > 0 ? (guint64) MIN (value, (gint64) 1 << 44) : 0;
}

static OsinfoResources *
find_resources (OsinfoResourcesList *list)
{
  for (int i = 0; i < osinfo_list_get_length (OSINFO_LIST (list)); i++)
    {
      OsinfoResources *resources = OSINFO_RESOURCES (osinfo_list_get_nth (OSINFO_LIST (list), i));
      const char *architecture = osinfo_resources_get_architecture (resources);

      if (g_strcmp0 (architecture, ARCHITECTURE) == 0 || g_strcmp0 (architecture, "all") == 0)
        return resources;
    }
  return NULL;
}

static void
read_needs (OsinfoOs *os, FerryRoomNeeds *needs)
{
  g_autoptr (OsinfoResourcesList) minimum = osinfo_os_get_minimum_resources (os);
  g_autoptr (OsinfoResourcesList) recommended = osinfo_os_get_recommended_resources (os);
  OsinfoResources *least = find_resources (minimum);
  OsinfoResources *good = find_resources (recommended);

  if (least != NULL)
    {
      needs->memory_min = clamp_bytes (osinfo_resources_get_ram (least));
      needs->processors_min = (guint) CLAMP (osinfo_resources_get_n_cpus (least), 0, 64);
      needs->disk_min = clamp_bytes (osinfo_resources_get_storage (least));
    }
  if (good != NULL)
    {
      needs->memory_recommended = clamp_bytes (osinfo_resources_get_ram (good));
      needs->processors_recommended = (guint) CLAMP (osinfo_resources_get_n_cpus (good), 0, 64);
      needs->disk_recommended = clamp_bytes (osinfo_resources_get_storage (good));
    }
  /* Nobody says: what is installed later needs about as much again, and an image grows by itself. */
  if (needs->disk_recommended <= needs->disk_min)
    needs->disk_recommended = 2 * needs->disk_min;
}

static FerryGuestFamily
find_family (OsinfoOs *os)
{
  const char *family = osinfo_os_get_family (os);

  if (g_strcmp0 (family, "winnt") == 0)
    return FERRY_GUEST_WINDOWS;
  return g_strcmp0 (family, "linux") == 0 ? FERRY_GUEST_LINUX : FERRY_GUEST_OTHER;
}

/* "Windows 11" is what everybody calls "Microsoft Windows 11". */
static const char *
shorten_name (const char *name)
{
  const char *const maker = "Microsoft ";

  if (name == NULL)
    return "";
  return g_str_has_prefix (name, maker) ? name + strlen (maker) : name;
}

static FerryOffer *
offer_new (const char *id, const char *uri, const char *name, const char *nick,
           FerryGuestFamily family)
{
  FerryOffer *offer = g_new0 (FerryOffer, 1);

  offer->id = g_strdup (id);
  offer->uri = g_strdup (uri);
  offer->name = g_strdup (name);
  offer->nick = g_strdup (nick);
  offer->family = family;
  /* https://www.microsoft.com/windows/windows-11-specifications: UEFI, Secure Boot capable, TPM 2.0
   */
  offer->secure_boot = offer->tpm = g_str_equal (id, "win11");
  return offer;
}

static FerryOffer *
offer_new_for_os (OsinfoOs *os)
{
  OsinfoProduct *product = OSINFO_PRODUCT (os);
  const char *id = osinfo_product_get_short_id (product);
  FerryOffer *offer = offer_new (id != NULL ? id : "", osinfo_entity_get_id (OSINFO_ENTITY (os)),
                                 shorten_name (osinfo_product_get_name (product)),
                                 id != NULL ? id : "machine", find_family (os));

  read_needs (os, &offer->needs);
  return offer;
}

static gboolean
is_newer (OsinfoOs *os, OsinfoOs *best)
{
  g_autoptr (GDate) mine = osinfo_product_get_release_date (OSINFO_PRODUCT (os));
  g_autoptr (GDate) other
      = best != NULL ? osinfo_product_get_release_date (OSINFO_PRODUCT (best)) : NULL;

  if (mine == NULL || osinfo_os_get_release_status (os) != OSINFO_RELEASE_STATUS_RELEASED)
    return FALSE;
  return other == NULL || g_date_compare (mine, other) > 0;
}

/* Returns: (transfer none): the newest finished system of that family of systems */
static OsinfoOs *
find_newest (OsinfoOsList *systems, const char *distro)
{
  OsinfoOs *best = NULL;

  for (int i = 0; i < osinfo_list_get_length (OSINFO_LIST (systems)); i++)
    {
      OsinfoOs *os = OSINFO_OS (osinfo_list_get_nth (OSINFO_LIST (systems), i));
      const char *id = osinfo_product_get_short_id (OSINFO_PRODUCT (os));

      /* Fedora's line has other names in it as well, such as "silverblue37". */
      if (g_strcmp0 (osinfo_os_get_distro (os), distro) == 0 && id != NULL
          && g_str_has_prefix (id, distro) && is_newer (os, best))
        best = os;
    }
  return best;
}

static OsinfoOs *
find_by_id (OsinfoOsList *systems, const char *id)
{
  for (int i = 0; i < osinfo_list_get_length (OSINFO_LIST (systems)); i++)
    {
      OsinfoOs *os = OSINFO_OS (osinfo_list_get_nth (OSINFO_LIST (systems), i));

      if (g_strcmp0 (osinfo_product_get_short_id (OSINFO_PRODUCT (os)), id) == 0)
        return os;
    }
  return NULL;
}

/* Without a line in the database only the name is known, and no version is claimed. */
static FerryOffer *
make_choice (const Choice *choice, OsinfoOsList *systems)
{
  OsinfoOs *os = NULL;
  FerryOffer *offer;

  if (systems != NULL && choice->distro != NULL)
    os = find_newest (systems, choice->distro);
  else if (systems != NULL && *choice->id != '\0')
    os = find_by_id (systems, choice->id);
  if (os == NULL)
    return offer_new (choice->id != NULL ? choice->id : "", "", _ (choice->name), choice->nick,
                      choice->family);

  offer = offer_new_for_os (os);
  g_free (offer->name);
  offer->name = g_strdup (_ (choice->name));
  g_free (offer->nick);
  offer->nick = g_strdup (choice->nick);
  offer->family = choice->family;
  return offer;
}

static OsinfoDb *
load_database (void)
{
  g_autoptr (OsinfoLoader) loader = osinfo_loader_new ();
  g_autoptr (GError) error = NULL;
  OsinfoDb *db;

  osinfo_loader_process_default_path (loader, &error);
  if (error != NULL)
    g_debug ("libosinfo: %s", error->message);
  db = osinfo_loader_get_db (loader);
  return db != NULL ? g_object_ref (db) : NULL;
}

/**
 * ferry_catalogue_open:
 *
 * Reads the database of libosinfo; blocks. A part of it that is broken or missing is left out.
 *
 * Returns: (transfer full): the catalogue
 */
FerryCatalogue *
ferry_catalogue_open (void)
{
  FerryCatalogue *self = g_new0 (FerryCatalogue, 1);
  g_autoptr (OsinfoOsList) systems = NULL;

  g_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);
  self->list = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_offer_free);
  self->db = load_database ();
  if (self->db != NULL)
    systems = osinfo_db_get_os_list (self->db);
  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    g_ptr_array_add (self->list, make_choice (&choices[i], systems));
  if (systems == NULL || osinfo_list_get_length (OSINFO_LIST (systems)) == 0)
    g_clear_object (&self->db);
  return self;
}

FerryCatalogue *
ferry_catalogue_ref (FerryCatalogue *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_ref_count_inc (&self->ref_count);
  return self;
}

void
ferry_catalogue_unref (FerryCatalogue *self)
{
  if (!g_ref_count_dec (&self->ref_count))
    return;
  g_clear_object (&self->db);
  g_ptr_array_unref (self->list);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * ferry_catalogue_has_database:
 *
 * Returns: whether the database of libosinfo is installed (Debian and Arch: osinfo-db)
 */
gboolean
ferry_catalogue_has_database (FerryCatalogue *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return self->db != NULL;
}

/**
 * ferry_catalogue_list:
 *
 * Returns: (transfer none) (element-type FerryOffer): what a newcomer chooses from, the most wanted
 *   first, the system that is not known last
 */
const GPtrArray *
ferry_catalogue_list (FerryCatalogue *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->list;
}

/**
 * ferry_catalogue_find:
 * @id: libosinfo's short id, or what the offer would call a virtual machine
 *
 * Returns: (transfer none) (nullable): the offer of the list
 */
const FerryOffer *
ferry_catalogue_find (FerryCatalogue *self, const char *id)
{
  g_return_val_if_fail (self != NULL, NULL);
  for (guint i = 0; i < self->list->len; i++)
    {
      const FerryOffer *offer = g_ptr_array_index (self->list, i);

      if (g_strcmp0 (offer->id, id) == 0 || g_strcmp0 (offer->nick, id) == 0)
        return offer;
    }
  return NULL;
}

/* Images */

/* Both Windows 10 and 11 write the same name into their images; Microsoft's file names differ:
 * "Win10_22H2_German_x64v1.iso", "Win11_24H2_German_x64.iso". */
static const char *
tell_windows (const char *file)
{
  g_autofree char *base = g_path_get_basename (file);
  g_autofree char *name = g_ascii_strdown (base, -1);
  static const char *const tens[] = { "win10", "windows10", "windows_10", "windows-10", "win_10" };

  for (gsize i = 0; i < G_N_ELEMENTS (tens); i++)
    if (g_str_has_prefix (name, tens[i]))
      return "win10";
  return "win11";
}

static FerryOffer *
make_offer (FerryCatalogue *self, OsinfoOs *os, const char *file)
{
  const char *id = osinfo_product_get_short_id (OSINFO_PRODUCT (os));
  const FerryOffer *known = NULL;

  if (g_strcmp0 (id, "win11") == 0 || g_strcmp0 (id, "win10") == 0)
    known = ferry_catalogue_find (self, tell_windows (file));
  return known != NULL ? ferry_offer_copy (known) : offer_new_for_os (os);
}

/* The database may be years older than the image: the name in the image begins as ever. */
static const FerryOffer *
guess_offer (FerryCatalogue *self, const char *volume)
{
  g_autofree char *name = g_ascii_strdown (volume, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    if (choices[i].beginning != NULL && g_str_has_prefix (name, choices[i].beginning))
      return g_ptr_array_index (self->list, i);
  for (gsize i = 0; i < G_N_ELEMENTS (linux_beginnings); i++)
    if (g_str_has_prefix (name, linux_beginnings[i]))
      return ferry_catalogue_find (self, "linux");
  /* What Microsoft's discs begin with; see win-11.xml of the database. */
  if (strstr (name, "_x64fre") != NULL)
    return ferry_catalogue_find (self, "win11");
  return NULL;
}

static gboolean
is_drivers (const char *volume)
{
  return g_ascii_strncasecmp (volume, "virtio-win", strlen ("virtio-win")) == 0;
}

static gboolean
is_foreign (OsinfoMedia *media)
{
  const char *architecture = osinfo_media_get_architecture (media);

  return architecture != NULL && !g_str_equal (architecture, "all")
         && !g_str_equal (architecture, ARCHITECTURE);
}

static void
set_offer (FerryDisc *disc, FerryOffer *offer, gboolean guessed)
{
  disc->kind = FERRY_DISC_INSTALLER;
  disc->offer = offer;
  disc->guessed = guessed;
}

/* A name in the image such as "CCCOMA_X64FRE_EN-US_DV9" says nothing to a person. */
static char *
make_title (const FerryDisc *disc, const char *file)
{
  if (disc->offer != NULL && (!disc->guessed || disc->offer->family == FERRY_GUEST_WINDOWS))
    return g_strdup (disc->offer->name);
  if (*disc->volume != '\0')
    return g_strdelimit (g_strdup (disc->volume), "_", ' ');
  return g_filename_display_basename (file);
}

/* Such as "fedora-unknown", which has neither a version nor sizes. */
static gboolean
is_vague (OsinfoOs *os)
{
  const char *id = osinfo_product_get_short_id (OSINFO_PRODUCT (os));

  return id == NULL || g_str_has_suffix (id, "unknown");
}

static OsinfoMedia *
make_media (const FerryLabel *label)
{
  OsinfoMedia *media = osinfo_media_new ("ferry", NULL);
  OsinfoEntity *entity = OSINFO_ENTITY (media);

  osinfo_entity_set_param (entity, OSINFO_MEDIA_PROP_VOLUME_ID, label->volume);
  osinfo_entity_set_param (entity, OSINFO_MEDIA_PROP_SYSTEM_ID, label->system);
  osinfo_entity_set_param (entity, OSINFO_MEDIA_PROP_PUBLISHER_ID, label->publisher);
  osinfo_entity_set_param (entity, OSINFO_MEDIA_PROP_APPLICATION_ID, label->application);
  osinfo_entity_set_param_int64 (entity, OSINFO_MEDIA_PROP_VOLUME_SIZE, (gint64) label->size);
  return media;
}

static FerryDisc *
describe_disc (FerryCatalogue *self, OsinfoMedia *media, const FerryLabel *label, const char *file)
{
  FerryDisc *disc = g_new0 (FerryDisc, 1);
  g_autoptr (OsinfoOs) os = NULL;
  const FerryOffer *guess = guess_offer (self, label->volume);

  disc->volume = g_strdup (label->volume);
  if (self->db != NULL && osinfo_db_identify_media (self->db, media))
    os = osinfo_media_get_os (media);
  if (os != NULL && is_vague (os))
    g_clear_object (&os);

  if (is_drivers (label->volume))
    disc->kind = FERRY_DISC_DRIVERS;
  else if (os != NULL && is_foreign (media))
    disc->kind = FERRY_DISC_FOREIGN;
  else if (os != NULL)
    set_offer (disc, make_offer (self, os, file), FALSE);
  else if (guess != NULL)
    set_offer (disc, ferry_offer_copy (guess), TRUE);
  else
    disc->kind = FERRY_DISC_UNKNOWN;
  disc->title = make_title (disc, file);
  return disc;
}

static FerryDisc *
disc_new_none (const char *file)
{
  FerryDisc *disc = g_new0 (FerryDisc, 1);

  disc->kind = FERRY_DISC_NONE;
  disc->volume = g_strdup ("");
  disc->title = g_filename_display_basename (file);
  return disc;
}

/**
 * ferry_catalogue_identify:
 * @file: path of an image file
 *
 * Says what an image holds, by the names that are written in it; blocks. A file that is no image is
 * not an error, but one that cannot be read is.
 *
 * Returns: (transfer full) (nullable): what it is, or %NULL with %FERRY_ERROR_NOT_FOUND,
 *   %FERRY_ERROR_DENIED, %FERRY_ERROR_FAILED, or %FERRY_ERROR_UNSUPPORTED for a folder or device
 */
FerryDisc *
ferry_catalogue_identify (FerryCatalogue *self, const char *file, GError **error)
{
  g_autoptr (FerryLabel) label = NULL;
  g_autoptr (OsinfoMedia) media = NULL;
  g_autoptr (GError) trouble = NULL;
  FerryDisc *disc;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (file != NULL, NULL);

  label = ferry_label_read (file, &trouble);
  if (g_error_matches (trouble, FERRY_ERROR, FERRY_ERROR_INVALID))
    return disc_new_none (file);
  if (label == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&trouble));
      return NULL;
    }

  g_mutex_lock (&self->lock);
  media = make_media (label);
  disc = describe_disc (self, media, label, file);
  g_mutex_unlock (&self->lock);
  return disc;
}
