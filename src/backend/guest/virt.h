/* virt.h: the connection to libvirt: virtual machines, networks, storage.
 *
 * virt*.c are the only files that know libvirt. All calls wait: call them in a thread (a FerryVirt may be used by
 * several). A daemon that does not answer within some 20 seconds is an error; one that answers may work as long as it
 * needs. Errors are FERRY_ERROR; those of libvirt keep their text (guest/symptom). Nothing here decides anything.
 */
#pragma once

#include <gio/gio.h>

#include "guest/abilities.h"

G_BEGIN_DECLS

#define FERRY_VIRT_SYSTEM "qemu:///system"

typedef struct _FerryVirt FerryVirt;

typedef enum
{
  FERRY_POWER_OFF,
  FERRY_POWER_ON,
  FERRY_POWER_PAUSED,
  FERRY_POWER_STOPPING,
  FERRY_POWER_CRASHED
} FerryPower;

/* A virtual machine that libvirt knows. */
typedef struct
{
  char *name, *uuid;
  FerryPower power;
  char *xml;         /* as it will be started next */
  GArray *functions; /* of FerryAddress: what it takes from the computer */
} FerryResident;

typedef struct
{
  char *name;
  gboolean active, autostart;
} FerryNetwork;

/* A storage pool; the numbers are bytes. */
typedef struct
{
  char *name, *type, *path; /* "dir"; absolute folder, "" when it is none */
  gboolean active;
  guint64 capacity, available;
} FerryPool;

/* @done of @total bytes. */
typedef void (*FerryVirtProgress) (guint64 done, guint64 total, gpointer user_data);

FerryVirt *ferry_virt_open (const char *uri, GCancellable *cancellable, GError **error);
FerryVirt *ferry_virt_reopen (FerryVirt *self, guint seconds, GError **error);
FerryVirt *ferry_virt_ref (FerryVirt *self);
void ferry_virt_unref (FerryVirt *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryVirt, ferry_virt_unref)

gboolean ferry_virt_is_alive (FerryVirt *self);
FerryAbilities *ferry_virt_read_abilities (FerryVirt *self, GError **error);
gboolean ferry_virt_read_owner (FerryVirt *self, guint *uid, guint *gid);

GPtrArray *ferry_virt_list (FerryVirt *self, GError **error);
FerryResident *ferry_virt_find (FerryVirt *self, const char *name, GError **error);
gboolean ferry_virt_has (FerryVirt *self, const char *name);
char *ferry_virt_define (FerryVirt *self, const char *xml, GError **error);
gboolean ferry_virt_start (FerryVirt *self, const char *name, GError **error);
gboolean ferry_virt_shut_down (FerryVirt *self, const char *name, GError **error);
gboolean ferry_virt_switch_off (FerryVirt *self, const char *name, GError **error);
gboolean ferry_virt_undefine (FerryVirt *self, const char *name, GError **error);
void ferry_resident_free (FerryResident *resident);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryResident, ferry_resident_free)
const char *ferry_power_to_string (FerryPower power);
const char *ferry_power_get_title (FerryPower power);

GPtrArray *ferry_virt_list_networks (FerryVirt *self, GError **error);
gboolean ferry_virt_start_network (FerryVirt *self, const char *name, GError **error);
gboolean ferry_virt_stop_network (FerryVirt *self, const char *name, gboolean autostart, GError **error);
void ferry_network_free (FerryNetwork *network);

GPtrArray *ferry_virt_list_pools (FerryVirt *self, GError **error);
FerryPool *ferry_virt_find_pool (FerryVirt *self, const char *name, GError **error);
gboolean ferry_virt_make_pool (FerryVirt *self, const char *name, const char *folder, GError **error);
gboolean ferry_virt_start_pool (FerryVirt *self, const char *name, GError **error);
gboolean ferry_virt_remove_pool (FerryVirt *self, const char *name, GError **error);
void ferry_pool_free (FerryPool *pool);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryPool, ferry_pool_free)

gboolean ferry_virt_has_volume (FerryVirt *self, const char *pool, const char *name);
char *ferry_virt_read_format (FerryVirt *self, const char *path);
/* @mode: permissions; 0 leaves them to libvirt, which keeps others out */
char *ferry_virt_make_volume (FerryVirt *self, const char *pool, const char *name, const char *format, guint64 size,
                              guint mode, GError **error);
gboolean ferry_virt_fill_volume (FerryVirt *self, const char *path, int source, guint64 size, FerryVirtProgress progress,
                                 gpointer user_data, GCancellable *cancellable, GError **error);
gboolean ferry_virt_delete_volume (FerryVirt *self, const char *path, GError **error);

G_END_DECLS
