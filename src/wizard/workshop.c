/* workshop.c: see workshop.h. */
#include "config.h"

#include "facts/error.h"
#include "guest/guest.h"
#include "guest/storage.h"
#include "guest/virt-events.h"
#include "worker.h"
#include "workshop.h"

/* What libvirt said, all at once. */
typedef struct
{
  FerryVirt *virt;
  GPtrArray *machines;   /* of FerryResident */
  FerryStorage *storage; /* where a disk would be made, or NULL */
} Answers;

struct _FerryWorkshop
{
  GObject parent_instance;

  char *uri; /* NULL: closed */
  FerryRoot *root;
  FerryWorkshopState state;
  Answers *answers; /* of the last time it answered */
  GError *trouble;
  guint n_jobs;
};

typedef struct
{
  FerryVirt *virt; /* NULL: to be opened */
  char *uri;
  FerryRoot *root;
  FerryWorkshopJob job;
  gpointer data;
  GDestroyNotify free_data;
} Order;

G_DEFINE_FINAL_TYPE (FerryWorkshop, ferry_workshop, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_STATE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
answers_free (Answers *answers)
{
  g_clear_pointer (&answers->virt, ferry_virt_unref);
  g_clear_pointer (&answers->machines, g_ptr_array_unref);
  g_clear_pointer (&answers->storage, ferry_storage_free);
  g_free (answers);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answers, answers_free)

static void
close_thread (GTask *task, gpointer owner, gpointer answers, GCancellable *cancellable)
{
  answers_free (answers);
}

/* Closing a connection waits for the other side, which may be the reason why it is closed. */
static void
let_go (Answers *answers)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_source_tag (task, let_go);
  g_task_set_task_data (task, answers, NULL);
  ferry_worker_run (task, close_thread);
}

static void
order_free (gpointer data)
{
  Order *order = data;

  g_clear_pointer (&order->virt, ferry_virt_unref);
  ferry_root_unref (order->root);
  g_free (order->uri);
  if (order->free_data != NULL)
    order->free_data (order->data);
  g_free (order);
}

static Order *
order_new (FerryWorkshop *self)
{
  Order *order = g_new0 (Order, 1);

  if (self->answers != NULL)
    order->virt = ferry_virt_ref (self->answers->virt);
  order->uri = g_strdup (self->uri);
  order->root = ferry_root_ref (self->root);
  return order;
}

/* In the thread, where the old one is closed, too. A connection that broke is opened anew. */
static FerryVirt *
open_virt (Order *order, GCancellable *cancellable, GError **error)
{
  FerryVirt *virt = g_steal_pointer (&order->virt);

  if (virt != NULL && ferry_virt_is_alive (virt))
    return virt;
  g_clear_pointer (&virt, ferry_virt_unref);
  return ferry_virt_open (order->uri, cancellable, error);
}

static void
look_thread (GTask *task, gpointer owner, gpointer task_data, GCancellable *cancellable)
{
  Order *order = task_data;
  g_autoptr (Answers) answers = g_new0 (Answers, 1);
  GError *error = NULL;

  answers->virt = open_virt (order, cancellable, &error);
  if (answers->virt != NULL)
    answers->machines = ferry_virt_list (answers->virt, &error);
  if (answers->machines == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  answers->storage = ferry_storage_choose (answers->virt, order->root, NULL, NULL);
  g_task_return_pointer (task, g_steal_pointer (&answers), (GDestroyNotify) answers_free);
}

static void
set_state (FerryWorkshop *self, FerryWorkshopState state)
{
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
looked (GObject *object, GAsyncResult *result, gpointer user_data)
{
  FerryWorkshop *self = FERRY_WORKSHOP (object);
  g_autoptr (GError) error = NULL;
  Answers *answers = g_task_propagate_pointer (G_TASK (result), &error);

  g_clear_error (&self->trouble);
  if (answers == NULL)
    {
      self->trouble = g_steal_pointer (&error);
      set_state (self, FERRY_WORKSHOP_SHUT);
      return;
    }
  g_clear_pointer (&self->answers, let_go);
  self->answers = answers;
  set_state (self, FERRY_WORKSHOP_OPEN);
}

/**
 * ferry_workshop_look:
 *
 * Asks libvirt anew, unless it is being asked. The old answers stay until the new ones are there.
 */
void
ferry_workshop_look (FerryWorkshop *self)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (FERRY_IS_WORKSHOP (self));

  if (self->state == FERRY_WORKSHOP_CLOSED || self->state == FERRY_WORKSHOP_LOOKING)
    return;
  task = g_task_new (self, NULL, looked, NULL);
  g_task_set_source_tag (task, ferry_workshop_look);
  g_task_set_task_data (task, order_new (self), order_free);
  set_state (self, FERRY_WORKSHOP_LOOKING);
  ferry_worker_run (task, look_thread);
}

static void
run_thread (GTask *task, gpointer owner, gpointer task_data, GCancellable *cancellable)
{
  Order *order = task_data;
  GError *error = NULL;
  g_autoptr (FerryVirt) virt = open_virt (order, cancellable, &error);

  if (virt != NULL && order->job (virt, order->data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static GTask *
start (FerryWorkshop *self, FerryWorkshopJob job, gpointer data, GDestroyNotify free_data,
       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Order *order = order_new (self);

  order->job = job;
  order->data = data;
  order->free_data = free_data;
  /* What was done is told even when it was cancelled too late. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, order, order_free);
  if (self->state == FERRY_WORKSHOP_CLOSED)
    g_task_return_new_error (task, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED, "closed");
  else
    ferry_worker_run (task, run_thread);
  return task;
}

/**
 * ferry_workshop_ask_async:
 * @job: called in a thread
 * @data: (transfer full): given to @job; freed with @free_data after @callback
 * @cancellable: (nullable): given to @job, which decides itself what it means
 */
void
ferry_workshop_ask_async (FerryWorkshop *self, FerryWorkshopJob job, gpointer data,
                          GDestroyNotify free_data, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = start (self, job, data, free_data, cancellable, callback, user_data);

  g_task_set_source_tag (task, ferry_workshop_ask_async);
}

/**
 * ferry_workshop_run_async:
 *
 * As ferry_workshop_ask_async(), for what changes something: until its end this is working.
 */
void
ferry_workshop_run_async (FerryWorkshop *self, FerryWorkshopJob job, gpointer data,
                          GDestroyNotify free_data, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = start (self, job, data, free_data, cancellable, callback, user_data);

  g_task_set_source_tag (task, ferry_workshop_run_async);
  self->n_jobs++;
}

/**
 * ferry_workshop_run_finish:
 *
 * To be called in every callback of both. After a change libvirt is asked anew.
 */
gboolean
ferry_workshop_run_finish (FerryWorkshop *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (g_task_get_source_tag (G_TASK (result)) == ferry_workshop_run_async)
    {
      self->n_jobs--;
      ferry_workshop_look (self);
    }
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * ferry_workshop_is_working:
 *
 * Returns: whether something is being made or changed
 */
gboolean
ferry_workshop_is_working (FerryWorkshop *self)
{
  g_return_val_if_fail (FERRY_IS_WORKSHOP (self), FALSE);
  return self->n_jobs > 0;
}

FerryWorkshopState
ferry_workshop_get_state (FerryWorkshop *self)
{
  g_return_val_if_fail (FERRY_IS_WORKSHOP (self), FERRY_WORKSHOP_CLOSED);
  return self->state;
}

/**
 * ferry_workshop_get_trouble:
 *
 * Returns: (transfer none) (nullable): why libvirt did not answer the last time
 */
const GError *
ferry_workshop_get_trouble (FerryWorkshop *self)
{
  g_return_val_if_fail (FERRY_IS_WORKSHOP (self), NULL);
  return self->trouble;
}

/**
 * ferry_workshop_get_pool:
 *
 * Returns: (transfer none) (nullable): the name of the place for new disks
 */
const char *
ferry_workshop_get_pool (FerryWorkshop *self)
{
  g_return_val_if_fail (FERRY_IS_WORKSHOP (self), NULL);
  return self->answers != NULL && self->answers->storage != NULL ? self->answers->storage->pool
                                                                 : NULL;
}

/**
 * ferry_workshop_get_free_space:
 *
 * Returns: bytes that are free there; the largest size of a disk where that is not known
 */
guint64
ferry_workshop_get_free_space (FerryWorkshop *self)
{
  g_return_val_if_fail (FERRY_IS_WORKSHOP (self), 0);
  if (ferry_workshop_get_pool (self) == NULL)
    return FERRY_GUEST_MAX_DISK;
  return MIN (self->answers->storage->available, FERRY_GUEST_MAX_DISK);
}

/**
 * ferry_workshop_list_machines:
 *
 * Returns: (transfer none) (nullable) (element-type FerryResident): the virtual machines that are
 *   there; replaced when libvirt is asked anew
 */
const GPtrArray *
ferry_workshop_list_machines (FerryWorkshop *self)
{
  g_return_val_if_fail (FERRY_IS_WORKSHOP (self), NULL);
  return self->answers != NULL ? self->answers->machines : NULL;
}

gboolean
ferry_workshop_has_machine (FerryWorkshop *self, const char *name)
{
  const GPtrArray *machines = ferry_workshop_list_machines (self);

  for (guint i = 0; machines != NULL && i < machines->len; i++)
    if (g_str_equal (((FerryResident *) g_ptr_array_index (machines, i))->name, name))
      return TRUE;
  return FALSE;
}

static void
ferry_workshop_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_STATE)
    g_value_set_int (value, FERRY_WORKSHOP (object)->state);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
ferry_workshop_finalize (GObject *object)
{
  FerryWorkshop *self = FERRY_WORKSHOP (object);

  g_free (self->uri);
  g_clear_pointer (&self->root, ferry_root_unref);
  g_clear_pointer (&self->answers, let_go);
  g_clear_error (&self->trouble);
  G_OBJECT_CLASS (ferry_workshop_parent_class)->finalize (object);
}

static void
ferry_workshop_class_init (FerryWorkshopClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  ferry_virt_events_follow_main_loop ();
  object_class->get_property = ferry_workshop_get_property;
  object_class->finalize = ferry_workshop_finalize;
  properties[PROP_STATE]
      = g_param_spec_int ("state", NULL, NULL, FERRY_WORKSHOP_CLOSED, FERRY_WORKSHOP_SHUT,
                          FERRY_WORKSHOP_CLOSED, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ferry_workshop_init (FerryWorkshop *self)
{
}

/**
 * ferry_workshop_new:
 * @uri: (nullable): libvirt's address, "qemu:///system"; %NULL where nothing can be made
 * @root: the computer
 */
FerryWorkshop *
ferry_workshop_new (const char *uri, FerryRoot *root)
{
  FerryWorkshop *self = g_object_new (FERRY_TYPE_WORKSHOP, NULL);

  self->uri = g_strdup (uri);
  self->root = ferry_root_ref (root);
  self->state = uri != NULL ? FERRY_WORKSHOP_WAITING : FERRY_WORKSHOP_CLOSED;
  return self;
}
