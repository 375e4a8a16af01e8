/* cores.h: the processors of this computer: which belong to one core, one cache, one kind.
 *
 * Reads sys/devices/system/cpu (Documentation/ABI/testing/sysfs-devices-system-cpu and
 * Documentation/admin-guide/cputopology.rst of the kernel) and, on processors with two kinds of
 * cores, sys/devices/cpu_core and cpu_atom (sysfs-bus-event_source-devices). Where that cannot be
 * seen, proc/cpuinfo says a part of it. It judges nothing; who gets which is guest/tuning.
 */
#pragma once

#include "facts/root.h"

G_BEGIN_DECLS

/* The most that the kernel can be built for on x86 (NR_CPUS, arch/x86/Kconfig). */
#define FERRY_CORES_MAX_THREADS 8192

typedef enum
{
  FERRY_CORE_PLAIN,       /* all cores are alike, or it is not known */
  FERRY_CORE_PERFORMANCE, /* the fast kind of two */
  FERRY_CORE_EFFICIENCY
} FerryCoreKind;

typedef struct
{
  guint id;      /* as the kernel counts: "cpu5" is 5 */
  guint package; /* which processor chip, 0 upwards in order of the first thread */
  guint core;    /* which core of the whole computer, 0 upwards in order of the first thread */
  guint cache;   /* which level 3 cache, 0 upwards; a package without one counts as one */
  FerryCoreKind kind;
} FerryThread;

typedef struct
{
  GArray *threads; /* of FerryThread: the processors that are switched on, by id */
  guint n_packages, n_cores, n_caches;
  gboolean known; /* FALSE: which threads share a core could not be told; each counts as one */
} FerryCores;

FerryCores *ferry_cores_read (FerryRoot *root);
void ferry_cores_free (FerryCores *cores);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryCores, ferry_cores_free)

const FerryThread *ferry_cores_find (const FerryCores *cores, guint id);

/* A list of numbers as the kernel and libvirt write it: "0-3,8". */
GArray *ferry_cores_parse_list (const char *text);
char *ferry_cores_print_list (const GArray *ids);

G_END_DECLS
