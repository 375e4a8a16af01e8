/* look.c: see look.h. */
#include "config.h"

#include "look.h"

#include "facts/boot-time.h"
#include "facts/scrub.h"
#include "plan/posting.h"
#include "worker.h"

struct _FerryLook
{
  GObject parent_instance;

  FerrySession *session;
  FerryVerification *verification;
};

G_DEFINE_FINAL_TYPE (FerryLook, ferry_look, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_VERIFICATION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
ferry_look_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_VERIFICATION)
    g_value_set_pointer (value, FERRY_LOOK (object)->verification);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
ferry_look_finalize (GObject *object)
{
  FerryLook *self = FERRY_LOOK (object);

  g_clear_pointer (&self->verification, ferry_verification_free);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (ferry_look_parent_class)->finalize (object);
}

static void
ferry_look_class_init (FerryLookClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = ferry_look_get_property;
  object_class->finalize = ferry_look_finalize;
  properties[PROP_VERIFICATION] = g_param_spec_pointer ("verification", NULL, NULL,
                                                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ferry_look_init (FerryLook *self)
{
}

/* What only root can read. Without any change in force the history alone says so. */
static GVariant *
find_facts (FerryLook *self)
{
  FerryErrand *errand = ferry_session_get_errand (self->session);
  const FerryHistory *history = ferry_errand_get_history (errand);

  if (ferry_errand_get_helper (errand) == NULL)
    {
      GVariant *facts = ferry_session_get_facts (self->session);

      return facts != NULL ? g_variant_ref (facts) : NULL;
    }
  if (history == NULL)
    return NULL;
  if (history->facts != NULL)
    return g_variant_ref (history->facts);
  return ferry_history_find_newest (history) == NULL
             ? g_variant_ref_sink (g_variant_new ("a{sv}", NULL))
             : NULL;
}

/* The history knows of a change that the facts are silent about: a helper of another version. */
static void
add_history (FerryLook *self, FerryEvidence *evidence)
{
  FerryErrand *errand = ferry_session_get_errand (self->session);
  const FerryPast *newest = NULL;

  if (ferry_errand_get_helper (errand) != NULL)
    newest = ferry_history_find_newest (ferry_errand_get_history (errand));
  if (newest == NULL)
    return;
  if (evidence->changed == 0)
    evidence->changed = newest->time;
  if (evidence->intent == NULL)
    evidence->known = FERRY_ANSWER_UNKNOWN;
}

/* The old result lives until everybody has been told of the new one. */
static void
update (FerryLook *self)
{
  FerryMachine *machine = ferry_session_get_machine (self->session);
  FerryVerification *old = g_steal_pointer (&self->verification);

  if (machine != NULL)
    {
      g_autoptr (GVariant) facts = find_facts (self);
      g_autoptr (FerryEvidence) evidence = ferry_evidence_from_variant (
          facts, machine, ferry_boot_time_read (ferry_session_get_root (self->session)));

      add_history (self, evidence);
      self->verification = ferry_verification_make (machine, evidence);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VERIFICATION]);
  ferry_verification_free (old);
}

/**
 * ferry_look_new:
 *
 * Returns: (transfer full): what is known by now
 */
FerryLook *
ferry_look_new (FerrySession *session)
{
  FerryLook *self = g_object_new (FERRY_TYPE_LOOK, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::machine", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (ferry_session_get_errand (session), "notify::history",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return self;
}

/**
 * ferry_look_get_verification:
 *
 * Returns: (transfer none) (nullable): read it again at each notify
 */
const FerryVerification *
ferry_look_get_verification (FerryLook *self)
{
  g_return_val_if_fail (FERRY_IS_LOOK (self), NULL);
  return self->verification;
}

static void
scrub_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  FerryMachine *machine = task_data;
  g_autoptr (FerryScrub) scrub = ferry_scrub_new (machine->root);
  g_autofree char *line = ferry_cmdline_to_string (machine->kernel->cmdline);
  g_autofree char *valid = g_utf8_make_valid (line, -1);

  g_task_return_pointer (task, ferry_scrub_names (scrub, valid), g_free);
}

/**
 * ferry_look_report_async:
 *
 * The callback gets an empty report when the computer was exchanged meanwhile.
 */
void
ferry_look_report_async (FerryLook *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  FerryMachine *machine;

  g_return_if_fail (FERRY_IS_LOOK (self));
  machine = ferry_session_get_machine (self->session);
  g_return_if_fail (machine != NULL);

  g_task_set_task_data (task, g_object_ref (machine), g_object_unref);
  ferry_worker_run (task, scrub_thread);
}

/**
 * ferry_look_report_finish:
 *
 * Returns: (transfer full) (nullable): text for a forum; %NULL without an error when the computer
 * is another by now
 */
char *
ferry_look_report_finish (FerryLook *self, GAsyncResult *result, GError **error)
{
  g_autofree char *line = NULL;
  FerryMachine *machine;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  machine = g_task_get_task_data (G_TASK (result));
  line = g_task_propagate_pointer (G_TASK (result), error);
  if (line == NULL || machine != ferry_session_get_machine (self->session))
    return NULL;
  return ferry_posting_make (machine, self->verification, line);
}
