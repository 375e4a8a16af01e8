/* virt-library.h: the client library of libvirt, loaded when it is first needed.
 *
 * Private to virt*.c. Ferry also runs where libvirt is not installed yet (installing it is part of what Ferry does), and
 * loading it takes as long as the rest of the start of the program; so it is opened by name, and its functions
 * stand in a table with the types of libvirt's own headers. The name of the library never changed (libvirt.so.0).
 */
#pragma once

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include <glib.h>

G_BEGIN_DECLS

/* clang-format off */
#define FERRY_VIRT_FUNCTIONS(X) \
  X (virInitialize) X (virGetLastError) X (virResetLastError) X (virSetErrorFunc) \
  X (virEventRegisterDefaultImpl) X (virEventRunDefaultImpl) \
  X (virConnectOpenAuth) X (virConnectClose) X (virConnectSetKeepAlive) X (virConnectIsAlive) \
  X (virConnectGetLibVersion) X (virConnectGetVersion) X (virConnectGetCapabilities) \
  X (virConnectGetDomainCapabilities) X (virConnectGetType) \
  X (virNodeGetFreePages) X (virNodeAllocPages) \
  X (virConnectListAllDomains) X (virDomainLookupByName) X (virDomainFree) X (virDomainGetName) \
  X (virDomainGetUUIDString) X (virDomainGetXMLDesc) X (virDomainGetState) X (virDomainDefineXMLFlags) \
  X (virDomainCreate) X (virDomainShutdown) X (virDomainDestroyFlags) X (virDomainUndefineFlags) \
  X (virConnectListAllNetworks) X (virNetworkLookupByName) X (virNetworkFree) X (virNetworkGetName) \
  X (virNetworkIsActive) X (virNetworkGetAutostart) X (virNetworkSetAutostart) X (virNetworkCreate) \
  X (virNetworkDestroy) \
  X (virConnectListAllStoragePools) X (virStoragePoolLookupByName) X (virStoragePoolFree) \
  X (virStoragePoolGetName) X (virStoragePoolGetXMLDesc) X (virStoragePoolGetInfo) \
  X (virStoragePoolGetAutostart) X (virStoragePoolIsActive) X (virStoragePoolDefineXML) \
  X (virStoragePoolBuild) X (virStoragePoolCreate) X (virStoragePoolSetAutostart) \
  X (virStoragePoolDestroy) X (virStoragePoolUndefine) X (virStoragePoolRefresh) \
  X (virStorageVolLookupByName) X (virStorageVolLookupByPath) X (virStorageVolCreateXML) \
  X (virStorageVolDelete) X (virStorageVolFree) X (virStorageVolGetPath) X (virStorageVolGetXMLDesc) X (virStorageVolUpload) \
  X (virStreamNew) X (virStreamFree) X (virStreamSend) X (virStreamFinish) X (virStreamAbort)
/* clang-format on */

typedef struct
{
#define FERRY_VIRT_MEMBER(name) __typeof__ (name) *name;
  FERRY_VIRT_FUNCTIONS (FERRY_VIRT_MEMBER)
#undef FERRY_VIRT_MEMBER
} FerryVirtLibrary;

const FerryVirtLibrary *ferry_virt_library_get (GError **error);

G_END_DECLS
