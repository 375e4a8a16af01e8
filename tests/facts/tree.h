/* tree.h: a made-up computer for tests: files and links below a new temporary folder.
 *
 * Not a part of Ferry: only tests use it. Devices get the files that the kernel makes for them
 * (Documentation/ABI/testing/sysfs-bus-pci): uevent, config, resource, links to driver and group,
 * and their place below sys/devices. Every function aborts the test when it cannot do its work.
 */
#pragma once

#include "facts/address.h"
#include "facts/root.h"

G_BEGIN_DECLS

typedef struct _FerryTree FerryTree;

/* What a fake PCI function is; what is left out is 0 or not there. */
typedef struct
{
  const char *address; /* "0000:01:00.0" */
  const char *parent;  /* address of the bridge or VMD controller above; NULL on a root bus */
  guint32 class_code;  /* 24 bits, 0x030000 */
  guint16 vendor, device, subvendor, subdevice;
  guint8 revision;
  const char *driver;
  const char *group; /* "13"; NULL when it has none */
  guint8 secondary, subordinate; /* bridges: the buses below */
  const char *resource; /* the text of the file; NULL for thirteen empty lines */
  const char *boot_vga; /* "1" or "0" */
  const char *reset_method; /* "flr bus" */
  gboolean flat;   /* a folder below sys/bus/pci/devices: no link, so no place in the hardware */
  gboolean plain;  /* no uevent: vendor, device, class and the others have files of their own */
  gboolean no_config;
  gboolean asleep; /* config reads all ones */
} FerryTreeDevice;

FerryTree *ferry_tree_new (void);
void ferry_tree_free (FerryTree *tree);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryTree, ferry_tree_free)

const char *ferry_tree_get_folder (FerryTree *tree);
FerryRoot *ferry_tree_open (FerryTree *tree);

void ferry_tree_add_file (FerryTree *tree, const char *path, const char *text);
void ferry_tree_add_bytes (FerryTree *tree, const char *path, const void *data, gsize size);
void ferry_tree_add_program (FerryTree *tree, const char *path);
void ferry_tree_add_folder (FerryTree *tree, const char *path);
void ferry_tree_add_link (FerryTree *tree, const char *path, const char *target);
void ferry_tree_add_link_to (FerryTree *tree, const char *path, const char *target_path);
void ferry_tree_remove (FerryTree *tree, const char *path);

void ferry_tree_add_device (FerryTree *tree, const FerryTreeDevice *device);
/* The card of the processor, 0000:00:02.0, and one to give away, 0000:01:00.0. */
void ferry_tree_add_cards (FerryTree *tree);
const char *ferry_tree_get_device_path (FerryTree *tree, const char *address);
void ferry_tree_add_connector (FerryTree *tree, const char *address, guint card, const char *name,
                               const char *status);
void ferry_tree_add_disk (FerryTree *tree, const char *folder, const char *name,
                          const char *number);
void ferry_tree_add_partition (FerryTree *tree, const char *disk, const char *name,
                               const char *number);
void ferry_tree_add_network (FerryTree *tree, const char *address, const char *name);

G_END_DECLS
