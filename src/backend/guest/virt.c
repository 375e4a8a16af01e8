/* virt.c: the connection itself, errors, and what the other side can do; see virt.h. */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "guest/symptom.h"
#include "guest/virt-private.h"

/* A daemon that was just started gets ready within some seconds; asking polkit may show a password dialog. */
#define OPEN_SECONDS 120
#define ALIVE_INTERVAL 5
#define ALIVE_COUNT 3
#define LOOK_USEC (G_USEC_PER_SEC / 200)

/* libvirt's codes that say more than "failed" (libvirt/virterror.h). */
int
ferry_virt_map_code (int code)
{
  switch (code)
    {
    case VIR_ERR_AUTH_FAILED:
    case VIR_ERR_AUTH_CANCELLED:
    case VIR_ERR_AUTH_UNAVAILABLE:
    case VIR_ERR_ACCESS_DENIED:
      return FERRY_ERROR_DENIED;
    case VIR_ERR_NO_DOMAIN:
    case VIR_ERR_NO_NETWORK:
    case VIR_ERR_NO_STORAGE_POOL:
    case VIR_ERR_NO_STORAGE_VOL:
      return FERRY_ERROR_NOT_FOUND;
    case VIR_ERR_XML_ERROR:
    case VIR_ERR_XML_DETAIL:
    case VIR_ERR_XML_INVALID_SCHEMA:
    case VIR_ERR_INVALID_ARG:
      return FERRY_ERROR_INVALID;
    case VIR_ERR_CONFIG_UNSUPPORTED:
    case VIR_ERR_NO_SUPPORT:
      return FERRY_ERROR_UNSUPPORTED;
    case VIR_ERR_OPERATION_ABORTED:
      return FERRY_ERROR_CANCELLED;
    case VIR_ERR_RESOURCE_BUSY:
      return FERRY_ERROR_BUSY;
    default:
      return FERRY_ERROR_FAILED;
    }
}

static void
set_last_error (const FerryVirtLibrary *library, GError **error)
{
  virErrorPtr last = library->virGetLastError ();
  const char *text = last != NULL && last->message != NULL ? last->message : "unknown error";

  ferry_symptom_set_error (error, ferry_virt_map_code (last != NULL ? last->code : 0), text);
  library->virResetLastError ();
}

gboolean
ferry_virt_fail (FerryVirt *self, GError **error)
{
  set_last_error (self->library, error);
  return FALSE;
}

/* The attempt to connect, in a thread of its own, because nothing can interrupt it. */
typedef struct
{
  gatomicrefcount references;
  const FerryVirtLibrary *library;
  char *uri;
  GMutex lock;
  gboolean done, given_up;
  virConnectPtr connection;
  GError *error;
} Attempt;

static void
attempt_unref (Attempt *attempt)
{
  if (!g_atomic_ref_count_dec (&attempt->references))
    return;
  if (attempt->connection != NULL)
    attempt->library->virConnectClose (attempt->connection);
  g_clear_error (&attempt->error);
  g_mutex_clear (&attempt->lock);
  g_free (attempt->uri);
  g_free (attempt);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Attempt, attempt_unref)

/* There is nobody whom libvirt may ask for a name or password here; polkit asks by itself. */
static int
refuse_to_answer (virConnectCredentialPtr credentials, unsigned int n, void *user_data)
{
  return -1;
}

static gpointer
try_to_connect (gpointer data)
{
  g_autoptr (Attempt) attempt = data;
  virConnectAuth auth = { NULL, 0, refuse_to_answer, NULL };
  virConnectPtr connection = attempt->library->virConnectOpenAuth (attempt->uri, &auth, 0);
  g_autoptr (GError) error = NULL;

  if (connection == NULL)
    set_last_error (attempt->library, &error);
  else
    attempt->library->virConnectSetKeepAlive (connection, ALIVE_INTERVAL, ALIVE_COUNT);
  g_mutex_lock (&attempt->lock);
  attempt->connection = connection;
  attempt->error = g_steal_pointer (&error);
  attempt->done = TRUE;
  g_mutex_unlock (&attempt->lock);
  return NULL;
}

static gboolean
is_done (Attempt *attempt)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&attempt->lock);

  return attempt->done;
}

static gboolean
wait_for (Attempt *attempt, guint seconds, GCancellable *cancellable, GError **error)
{
  gint64 end = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;

  while (!is_done (attempt))
    {
      if (g_cancellable_is_cancelled (cancellable))
        {
          g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_CANCELLED, _ ("Cancelled."));
          return FALSE;
        }
      if (g_get_monotonic_time () > end)
        {
          ferry_symptom_set_error (error, FERRY_ERROR_FAILED, "libvirt: no answer to the attempt to connect");
          return FALSE;
        }
      g_usleep (LOOK_USEC);
    }
  return TRUE;
}

static FerryVirt *
connect_within (const char *uri, guint seconds, GCancellable *cancellable, GError **error)
{
  const FerryVirtLibrary *library = ferry_virt_library_get (error);
  g_autoptr (Attempt) attempt = NULL;
  FerryVirt *self;

  if (library == NULL)
    return NULL;
  attempt = g_new0 (Attempt, 1);
  g_atomic_ref_count_init (&attempt->references);
  g_mutex_init (&attempt->lock);
  attempt->library = library;
  attempt->uri = g_strdup (uri != NULL ? uri : FERRY_VIRT_SYSTEM);
  g_atomic_ref_count_inc (&attempt->references);
  g_thread_unref (g_thread_new ("libvirt-open", try_to_connect, attempt));
  if (!wait_for (attempt, seconds, cancellable, error))
    return NULL;
  if (attempt->connection == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&attempt->error));
      return NULL;
    }

  self = g_new0 (FerryVirt, 1);
  g_atomic_ref_count_init (&self->references);
  self->library = library;
  self->connection = g_steal_pointer (&attempt->connection);
  self->uri = g_strdup (attempt->uri);
  return self;
}

/**
 * ferry_virt_open:
 * @uri: (nullable): libvirt's name of the other side; %NULL for the system's own
 *
 * Waits until libvirt answers, which may include a password dialog of polkit.
 *
 * Returns: (transfer full) (nullable): the connection
 */
FerryVirt *
ferry_virt_open (const char *uri, GCancellable *cancellable, GError **error)
{
  return connect_within (uri, OPEN_SECONDS, cancellable, error);
}

/**
 * ferry_virt_reopen:
 * @seconds: how long to wait
 *
 * Returns: (transfer full) (nullable): a new connection to the same libvirt
 */
FerryVirt *
ferry_virt_reopen (FerryVirt *self, guint seconds, GError **error)
{
  return connect_within (self->uri, seconds, NULL, error);
}

FerryVirt *
ferry_virt_ref (FerryVirt *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
ferry_virt_unref (FerryVirt *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  self->library->virConnectClose (self->connection);
  g_free (self->uri);
  g_free (self);
}

/**
 * ferry_virt_is_alive:
 *
 * Asks for something small; a daemon that hangs is given some 20 seconds.
 *
 * Returns: whether the daemon answers
 */
gboolean
ferry_virt_is_alive (FerryVirt *self)
{
  unsigned long version;

  if (self->library->virConnectIsAlive (self->connection) == 1
      && self->library->virConnectGetLibVersion (self->connection, &version) == 0)
    return TRUE;
  self->library->virResetLastError ();
  return FALSE;
}

/* With KVM when there is KVM; libvirt's default is emulation then, too, on some versions. */
static char *
get_domain_capabilities (FerryVirt *self)
{
  char *xml = self->library->virConnectGetDomainCapabilities (self->connection, NULL, "x86_64", "q35", "kvm", 0);

  if (xml == NULL)
    xml = self->library->virConnectGetDomainCapabilities (self->connection, NULL, "x86_64", "q35", "qemu", 0);
  if (xml == NULL)
    xml = self->library->virConnectGetDomainCapabilities (self->connection, NULL, NULL, NULL, NULL, 0);
  return xml;
}

/**
 * ferry_virt_read_abilities:
 *
 * Returns: (transfer full) (nullable): what libvirt and QEMU of this computer can do
 */
FerryAbilities *
ferry_virt_read_abilities (FerryVirt *self, GError **error)
{
  unsigned long libvirt = 0, qemu = 0;
  FerryAbilities *abilities;
  char *xml = get_domain_capabilities (self);

  if (xml == NULL)
    {
      ferry_virt_fail (self, error);
      return NULL;
    }
  self->library->virResetLastError ();
  self->library->virConnectGetLibVersion (self->connection, &libvirt);
  self->library->virConnectGetVersion (self->connection, &qemu);
  abilities = ferry_abilities_parse (xml, libvirt, qemu, error);
  free (xml);
  return abilities;
}

/* "+64055:+109", as libvirt writes the user and the group of QEMU. */
static gboolean
parse_owner (const char *label, guint *uid, guint *gid)
{
  const char *colon = strchr (label, ':');
  g_autofree char *first = colon != NULL ? g_strndup (label, (gsize)(colon - label)) : NULL;
  guint64 left, right;

  if (first == NULL || *first != '+' || colon[1] != '+')
    return FALSE;
  if (!g_ascii_string_to_unsigned (first + 1, 10, 0, G_MAXUINT32, &left, NULL)
      || !g_ascii_string_to_unsigned (colon + 2, 10, 0, G_MAXUINT32, &right, NULL))
    return FALSE;
  *uid = (guint)left;
  *gid = (guint)right;
  return TRUE;
}

/**
 * ferry_virt_read_owner:
 * @uid: (out): the user that QEMU runs as
 * @gid: (out): and the group
 *
 * From the capabilities of the host, where libvirt's own access control says it
 * (https://libvirt.org/formatcaps.html, "secmodel").
 *
 * Returns: whether libvirt says it
 */
gboolean
ferry_virt_read_owner (FerryVirt *self, guint *uid, guint *gid)
{
  g_autoptr (GRegex) regex = g_regex_new ("<model>dac</model>.*?<baselabel type='kvm'>([+:0-9]+)<", G_REGEX_DOTALL, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *label = NULL;
  char *xml = self->library->virConnectGetCapabilities (self->connection);

  if (xml == NULL)
    {
      self->library->virResetLastError ();
      return FALSE;
    }
  if (g_regex_match (regex, xml, 0, &match))
    label = g_match_info_fetch (match, 1);
  free (xml);
  return label != NULL && parse_owner (label, uid, gid);
}
