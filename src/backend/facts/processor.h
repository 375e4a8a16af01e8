/* processor.h: what the CPU is and whether it can run virtual machines.
 *
 * Reads proc/cpuinfo (proc_cpuinfo(5)) and dev/kvm, nothing else. Whether a missing flag is the
 * firmware's doing is decided in plan/check from this and the kernel log.
 */
#pragma once

#include "facts/answer.h"
#include "facts/root.h"

G_BEGIN_DECLS

typedef enum
{
  FERRY_VENDOR_OTHER,
  FERRY_VENDOR_INTEL,
  FERRY_VENDOR_AMD /* AMD and Hygon */
} FerryVendor;

typedef struct
{
  FerryVendor vendor;
  char *architecture; /* "x86_64", "aarch64", "ppc64", ... or "" */
  char *model_name;   /* as the CPU says it, or "" */
  guint family;       /* decimal as in cpuinfo, 0 when unknown */
  guint model;
  guint threads;              /* logical processors listed, 0 when unknown */
  guint address_bits;         /* of physical addresses, 0 when unknown */
  FerryAnswer virtualization; /* flag vmx or svm */
  FerryAnswer hypervisor;     /* we run inside a virtual machine ourselves */
  FerryAnswer kvm_device;     /* dev/kvm exists */
  FerryAnswer vt_d;           /* NO only for models that are known to lack it, else UNKNOWN */
  FerryAnswer integrated_gpu; /* YES only for models that are known to have one */
} FerryProcessor;

FerryProcessor *ferry_processor_read (FerryRoot *root);
void ferry_processor_free (FerryProcessor *processor);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryProcessor, ferry_processor_free)

G_END_DECLS
