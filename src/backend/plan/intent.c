/* intent.c: see intent.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "facts/error.h"
#include "plan/intent.h"

static const char *const binding_names[] = { "auto", "ids", "subsystem-ids", "address" };

/**
 * ferry_intent_new:
 *
 * Returns: (transfer full): no card, and the defaults of intent.h
 */
FerryIntent *
ferry_intent_new (void)
{
  FerryIntent *intent = g_new0 (FerryIntent, 1);

  intent->cards = g_array_new (FALSE, TRUE, sizeof (FerryAddress));
  intent->passthrough_mode = TRUE;
  intent->show_menu = TRUE;
  intent->install = TRUE;
  return intent;
}

FerryIntent *
ferry_intent_copy (const FerryIntent *intent)
{
  FerryIntent *copy = g_memdup2 (intent, sizeof *intent);

  copy->cards = g_array_copy (intent->cards);
  return copy;
}

void
ferry_intent_free (FerryIntent *intent)
{
  if (intent == NULL)
    return;
  g_array_unref (intent->cards);
  g_free (intent);
}

const char *
ferry_binding_to_string (FerryBinding binding)
{
  g_return_val_if_fail ((gsize) binding < G_N_ELEMENTS (binding_names), "auto");
  return binding_names[binding];
}

gboolean
ferry_binding_from_string (const char *text, FerryBinding *binding)
{
  for (guint i = 0; i < G_N_ELEMENTS (binding_names); i++)
    if (g_strcmp0 (text, binding_names[i]) == 0)
      {
        *binding = (FerryBinding) i;
        return TRUE;
      }
  return FALSE;
}

/* The switches of the vocabulary: key and place in the struct. */
static const struct
{
  const char *key;
  goffset offset;
} switches[] = {
  { "passthrough-mode", G_STRUCT_OFFSET (FerryIntent, passthrough_mode) },
  { "show-menu", G_STRUCT_OFFSET (FerryIntent, show_menu) },
  { "install", G_STRUCT_OFFSET (FerryIntent, install) },
  { "join-group", G_STRUCT_OFFSET (FerryIntent, join_group) },
  { "accept-only-display", G_STRUCT_OFFSET (FerryIntent, accept_only_display) },
  { "accept-acs-override", G_STRUCT_OFFSET (FerryIntent, accept_acs_override) },
};

static gboolean
take_cards (FerryIntent *intent, GVariant *value, GError **error)
{
  GVariantIter iter;
  const char *text;

  if (g_variant_n_children (value) > FERRY_INTENT_MAX_CARDS)
    {
      g_set_error (error, FERRY_ERROR, FERRY_ERROR_INVALID,
                   _("At most %d graphics cards can be chosen"), FERRY_INTENT_MAX_CARDS);
      return FALSE;
    }
  g_variant_iter_init (&iter, value);
  while (g_variant_iter_next (&iter, "&s", &text))
    {
      FerryAddress address;

      if (!ferry_address_parse (text, &address))
        {
          g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_INVALID,
                               _("The address of a graphics card is not valid"));
          return FALSE;
        }
      for (guint i = 0; i < intent->cards->len; i++)
        if (ferry_address_compare (&g_array_index (intent->cards, FerryAddress, i), &address) == 0)
          {
            g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_INVALID,
                                 _("The same graphics card is named twice"));
            return FALSE;
          }
      g_array_append_val (intent->cards, address);
    }
  return TRUE;
}

static gboolean
take_switch (FerryIntent *intent, const char *key, GVariant *value)
{
  for (gsize i = 0; i < G_N_ELEMENTS (switches); i++)
    if (g_str_equal (key, switches[i].key))
      {
        G_STRUCT_MEMBER (gboolean, intent, switches[i].offset) = g_variant_get_boolean (value);
        return TRUE;
      }
  return FALSE;
}

static gboolean
take_entry (FerryIntent *intent, const char *key, GVariant *value, GError **error)
{
  if (g_str_equal (key, "cards") && g_variant_is_of_type (value, G_VARIANT_TYPE_STRING_ARRAY))
    return take_cards (intent, value, error);
  if (g_str_equal (key, "binding") && g_variant_is_of_type (value, G_VARIANT_TYPE_STRING)
      && ferry_binding_from_string (g_variant_get_string (value, NULL), &intent->binding))
    return TRUE;
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN) && take_switch (intent, key, value))
    return TRUE;

  /* The key is a stranger's text: it is not repeated. */
  g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_INVALID,
                       _("The request has a part that is not known or not valid"));
  return FALSE;
}

/**
 * ferry_intent_from_variant:
 * @variant: an a{sv}; keys that are left out keep their defaults
 *
 * Returns: (transfer full) (nullable): the intent, or %NULL with %FERRY_ERROR_INVALID
 */
FerryIntent *
ferry_intent_from_variant (GVariant *variant, GError **error)
{
  g_autoptr (FerryIntent) intent = ferry_intent_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GVariantIter) iter = NULL;
  const char *key;
  GVariant *value;

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE_VARDICT))
    {
      g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_INVALID, _("The request is not valid"));
      return NULL;
    }
  iter = g_variant_iter_new (variant);
  while (g_variant_iter_next (iter, "{&sv}", &key, &value))
    {
      g_autoptr (GVariant) owned = value;

      if (!g_hash_table_add (seen, g_strdup (key)))
        {
          g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_INVALID,
                               _("The request names the same thing twice"));
          return NULL;
        }
      if (!take_entry (intent, key, owned, error))
        return NULL;
    }
  return g_steal_pointer (&intent);
}

/**
 * ferry_intent_to_options:
 *
 * Returns: (transfer full): the options of ferryctl that say the same, each with a blank in front; "" when nothing but the
 *   defaults is wanted
 */
char *
ferry_intent_to_options (const FerryIntent *intent)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < intent->cards->len; i++)
    {
      g_autofree char *card = ferry_address_to_string (&g_array_index (intent->cards, FerryAddress, i));

      g_string_append_printf (line, " --card %s", card);
    }
  if (intent->binding != FERRY_BINDING_AUTO)
    g_string_append_printf (line, " --binding %s", ferry_binding_to_string (intent->binding));
  g_string_append (line, intent->install ? "" : " --no-install");
  g_string_append (line, intent->passthrough_mode ? "" : " --no-passthrough-mode");
  g_string_append (line, intent->show_menu ? "" : " --keep-menu");
  g_string_append (line, intent->join_group ? " --join-group" : "");
  g_string_append (line, intent->accept_only_display ? " --accept-only-display" : "");
  g_string_append (line, intent->accept_acs_override ? " --accept-acs-override" : "");
  return g_string_free (g_steal_pointer (&line), FALSE);
}

/**
 * ferry_intent_to_variant:
 *
 * Returns: (transfer floating): an a{sv} with every key, always in the same order
 */
GVariant *
ferry_intent_to_variant (const FerryIntent *intent)
{
  GVariantBuilder cards, builder;

  g_variant_builder_init (&cards, G_VARIANT_TYPE_STRING_ARRAY);
  for (guint i = 0; i < intent->cards->len; i++)
    g_variant_builder_add_value (
        &cards, g_variant_new_take_string (ferry_address_to_string (
                    &g_array_index (intent->cards, FerryAddress, i))));

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "cards", g_variant_builder_end (&cards));
  g_variant_builder_add (&builder, "{sv}", "binding",
                         g_variant_new_string (ferry_binding_to_string (intent->binding)));
  for (gsize i = 0; i < G_N_ELEMENTS (switches); i++)
    g_variant_builder_add (
        &builder, "{sv}", switches[i].key,
        g_variant_new_boolean (G_STRUCT_MEMBER (gboolean, intent, switches[i].offset)));
  return g_variant_builder_end (&builder);
}
