/* service.h: the object /org/ferryvm/Helper1 on the bus.
 *
 * Parses what a caller says, asks the bouncer, looks at the computer itself, makes the plan, compares the digest,
 * and runs one operation at a time in a thread (operation.h). It knows neither polkit nor how a file is written.
 */
#pragma once

#include <gio/gio.h>

#include "act/transaction.h"
#include "helper/bouncer.h"

G_BEGIN_DECLS

#define FERRY_SERVICE_NAME "org.ferryvm.Helper1"
#define FERRY_SERVICE_PATH "/org/ferryvm/Helper1"

typedef struct _FerryService FerryService;

/* @root and @tools are borrowed and must live longer. @changed is called when the service gets busy or idle. */
typedef void (*FerryServiceChanged) (gboolean busy, gpointer user_data);

FerryService *ferry_service_new (GDBusConnection *connection, FerryRoot *root, FerryTools *tools,
                                 FerryServiceChanged changed, gpointer user_data, GError **error);
gboolean ferry_service_is_busy (FerryService *service);
/* Answers what came before the name was given up. */
void ferry_service_finish (FerryService *service);
void ferry_service_free (FerryService *service);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryService, ferry_service_free)

/* The documented interface, as it is compiled in. */
GDBusInterfaceInfo *ferry_service_get_interface (void);

G_END_DECLS
