/* machine.h: the snapshot of one computer, read once and never changed.
 *
 * Everything that the rest of the program decides from. Reading it may take a while on a large
 * machine: the wizard does it in a thread. Missing or broken files give UNKNOWN facts, not errors.
 */
#pragma once

#include "facts/card.h"
#include "facts/configuration.h"
#include "facts/cores.h"
#include "facts/device.h"
#include "facts/firmware.h"
#include "facts/initramfs.h"
#include "facts/iommu.h"
#include "facts/kernel.h"
#include "facts/loader.h"
#include "facts/processor.h"
#include "facts/root.h"
#include "facts/system.h"
#include "facts/usb.h"
#include "facts/vfio.h"

G_BEGIN_DECLS

#define FERRY_TYPE_MACHINE (ferry_machine_get_type ())
G_DECLARE_FINAL_TYPE (FerryMachine, ferry_machine, FERRY, MACHINE, GObject)

struct _FerryMachine
{
  GObject parent_instance;

  FerryRoot *root;
  FerryProcessor *processor;
  FerryCores *cores;
  FerryIommu *iommu;
  FerryKernel *kernel;
  FerryFirmware *firmware;
  FerryLoader *loader;
  FerryInitramfs *initramfs;
  FerrySystem *system;
  FerryConfiguration *configuration;
  FerryVfio *vfio; /* NULL in a machine that was not scanned */
  GPtrArray *devices; /* of FerryDevice, in address order */
  GPtrArray *cards;   /* of FerryCard, in address order */
  GPtrArray *usb;     /* of FerryUsb: what is plugged in */
  FerryAnswer modules_known; /* YES: the cards' functions have all modules of all installed kernels */
};

/* Called between the parts, from the thread that scans; @part is an untranslated id such as
 * "processor", "iommu", "devices". */
typedef void (*FerryMachineProgress) (const char *part, gpointer user_data);

gboolean ferry_machine_is_below (FerryRoot *root);
FerryMachine *ferry_machine_scan (FerryRoot *root, FerryMachineProgress progress,
                                  gpointer user_data, GError **error);

/* The devices of one IOMMU group, in address order (transfer container). */
GPtrArray *ferry_machine_list_group (FerryMachine *machine, int group);
/* All group numbers, sorted numerically (transfer full). */
GArray *ferry_machine_list_groups (FerryMachine *machine);

G_END_DECLS
