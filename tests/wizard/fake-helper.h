/* fake-helper.h: a stand-in for the root helper on a private bus, which says what it was asked.
 *
 * Not a part of Ferry. It has the interface of data/org.ferryvm.Helper1.xml and answers as the test
 * wants; Preview makes the real plan for the machine that the test gives it.
 */
#pragma once

#include <gio/gio.h>

#include "errand.h"
#include "session.h"

G_BEGIN_DECLS

#define FAKE_HELPER_WAIT "wait"     /* as an error: no answer until fake_helper_finish() */
#define FAKE_HELPER_VANISH "vanish" /* as an error of Apply: the bus says that it is gone */

typedef struct
{
  const char *preview_error; /* "Busy", ...: the last part of its name; NULL: it works */
  const char *apply_error;
  const char *undo_error;
  guint n_in_force;        /* entries of the history that are in force */
  guint n_undone;          /* newer ones that are not */
  gint64 changed;          /* when the newest was made */
  GVariant *intent;        /* of the newest, for Inspect; NULL: not told */
  const char *facts;       /* what else Inspect tells, as text of an a{sv}, or NULL */
  FerryMachine *machine;   /* for Preview; borrowed */
  GString *asked;          /* "Preview Apply Undo(id,0) Cancel History " */
  GDBusConnection *client; /* where the program under test finds it */

  GTestDBus *daemon;
  GDBusConnection *server;
  GDBusMethodInvocation *waiting; /* the call that has no answer yet */
  guint name, object;
  gboolean ready;
} FakeHelper;

FakeHelper *fake_helper_new (void);
void fake_helper_free (FakeHelper *helper);

/* From now on the session's computer is changed by this helper. */
void fake_helper_serve (FakeHelper *helper, FerrySession *session);
void fake_helper_tell (FakeHelper *helper, const char *stage, guint step, guint of,
                       const char *title);
void fake_helper_finish (FakeHelper *helper, const char *error);
gboolean fake_helper_was_asked (FakeHelper *helper, const char *what);

G_END_DECLS
