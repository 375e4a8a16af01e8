/* abilities.c: see abilities.h. */
#include "config.h"

#include "guest/abilities.h"

FerryAbilities *
ferry_abilities_parse (const char *xml, gulong libvirt, gulong qemu, GError **error)
{
  FerryAbilities *self = g_new0 (FerryAbilities, 1);

  self->libvirt = libvirt;
  self->qemu = qemu;
  return self;
}

FerryAbilities *
ferry_abilities_guess (FerryMachine *machine)
{
  return g_new0 (FerryAbilities, 1);
}

void
ferry_abilities_free (FerryAbilities *abilities)
{
  g_free (abilities->emulator);
  g_strfreev (abilities->hyperv);
  g_free (abilities);
}

gboolean
ferry_abilities_has_hyperv (const FerryAbilities *abilities, const char *feature)
{
  return abilities->hyperv != NULL
         && g_strv_contains ((const char *const *) abilities->hyperv, feature);
}
