/* by-hand.c: the part of the planner for a computer that Ferry does not change: the same work as steps for a person.
 *
 * Pure. Only where every refusal is that Ferry cannot do it safely: then the steps are complete and in order, made
 * from the changes that were planned. Where the plan itself would do harm there are none.
 */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "plan/draft.h"

/* Refusals that say how this computer is set up, not that the wish is wrong. */
static const char *const unable[]
    = { "loader-unknown", "menu-unknown",   "entries-missing",  "entries-kept",      "menu-and-images",
        "image-unknown",  "edit-unsafe",    "initramfs-config", "initramfs-unknown", "preset-unclear",
        "preset-config",  "hooks-unclear",  NULL };

static gboolean
may_be_done (const FerryPlan *plan)
{
  for (guint i = 0; i < plan->refusals->len; i++)
    if (!g_strv_contains (unable, ((FerryNote *) g_ptr_array_index (plan->refusals, i))->id))
      return FALSE;
  return plan->manual->len > 0;
}

/* A file that was made by hand is not Ferry's and does not have its name; Ferry sees later that it is there. */
static char *
rename_file (const char *text)
{
  g_autoptr (GString) renamed = g_string_new (text);

  g_string_replace (renamed, "modprobe.d/ferry.conf", "modprobe.d/vfio.conf", 0);
  g_string_replace (renamed, "zz-ferry.", "zz-vfio.", 0);
  g_string_replace (renamed, "cmdline.d/ferry.conf", "cmdline.d/vfio.conf", 0);
  return g_string_free (g_steal_pointer (&renamed), FALSE);
}

/* The lines without comments. */
static char *
without_comments (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GString) kept = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' && (*lines[i] != '#' || lines[i][1] == '!'))
      g_string_append_printf (kept, "\n%s", lines[i]);
  return g_string_free (g_steal_pointer (&kept), FALSE);
}

static void
add_lines (FerryPlan *plan, const FerryChange *change)
{
  g_auto (GStrv) old = g_strsplit (change->before, "\n", -1);
  g_auto (GStrv) new = g_strsplit (change->after, "\n", -1);
  guint n_old = g_strv_length (old);

  for (guint i = 0; new[i] != NULL; i++)
    if (i >= n_old || (*old[i] == '\0' && *new[i] != '\0'))
      {
        if (*new[i] != '\0')
          ferry_plan_add_manual (plan, _("Add this line at the end of “/%s”:\n%s"), change->path, new[i]);
      }
    else if (!g_str_equal (old[i], new[i]))
      ferry_plan_add_manual (plan, _("In “/%s”, make this line:\n%s\nto this one:\n%s"), change->path, old[i], new[i]);
}

static void
add_file (FerryPlan *plan, const FerryChange *change)
{
  g_autofree char *content = NULL, *path = NULL, *renamed = NULL;

  if (change->after == NULL)
    ferry_plan_add_manual (plan, _("Take away the file “/%s”."), change->path);
  else if (change->before != NULL && !change->owned)
    add_lines (plan, change);
  else
    {
      content = without_comments (change->after);
      path = rename_file (change->path);
      renamed = rename_file (content);
      ferry_plan_add_manual (plan, _("Make the file “/%s” with this content:%s"), path, renamed);
    }
}

static void
add_step (FerryDraft *draft, const FerryChange *change)
{
  const FerryLoader *loader = draft->machine->loader;
  g_autofree char *items = g_strjoinv (" ", change->items);

  switch (change->kind)
    {
    case FERRY_CHANGE_PACKAGES:
      ferry_plan_add_manual (draft->plan, _("Install these packages:\n%s"), items);
      break;
    case FERRY_CHANGE_FILE:
    case FERRY_CHANGE_LINK:
      add_file (draft->plan, change);
      break;
    case FERRY_CHANGE_SERVICE:
      ferry_draft_add_command (draft, "sudo systemctl enable --now %s", items);
      break;
    case FERRY_CHANGE_NETWORK:
      ferry_draft_add_command (draft, "sudo virsh net-autostart default");
      break;
    case FERRY_CHANGE_GROUP:
      ferry_draft_add_command (draft, "sudo usermod -aG %s $USER", items);
      break;
    case FERRY_CHANGE_MENU:
      if (loader->kind == FERRY_LOADER_GRUB)
        ferry_draft_add_command (draft, "sudo %s -o /%s", strrchr (loader->mkconfig, '/') + 1, loader->menu);
      else if (g_str_equal (change->tool, "limine-update"))
        ferry_draft_add_command (draft, "sudo limine-update");
      else
        ferry_draft_add_command (draft, "sudo kernel-install add-all");
      break;
    case FERRY_CHANGE_BLS_ARGS:
      ferry_draft_add_command (draft, "sudo grubby --update-kernel=ALL --args=\"%s\"", items);
      break;
    case FERRY_CHANGE_INITRAMFS:
    default:
      break;
    }
}

/* GRUB's menu, where its settings are made by hand. */
static void
add_menu (FerryDraft *draft)
{
  const FerryLoader *loader = draft->machine->loader;

  if (loader->kind != FERRY_LOADER_GRUB || loader->bls || loader->mkconfig == NULL || loader->menu == NULL)
    return;
  for (guint i = 0; i < draft->plan->changes->len; i++)
    if (((FerryChange *) g_ptr_array_index (draft->plan->changes, i))->kind == FERRY_CHANGE_MENU)
      return;
  ferry_draft_add_command (draft, "sudo %s -o /%s", strrchr (loader->mkconfig, '/') + 1, loader->menu);
}

/* Also where no step was planned for it, because the settings are made by hand. */
static void
add_images (FerryDraft *draft)
{
  gboolean uki = draft->machine->loader->kind == FERRY_LOADER_UKI;

  if (draft->functions->len == 0 && !uki)
    return;
  switch (draft->machine->initramfs->kind)
    {
    case FERRY_INITRAMFS_MKINITCPIO:
      ferry_draft_add_command (draft, "sudo mkinitcpio -P");
      break;
    case FERRY_INITRAMFS_DRACUT:
      ferry_draft_add_command (draft, uki ? "sudo dracut --regenerate-all --force --uefi"
                                          : "sudo dracut --regenerate-all --force");
      break;
    case FERRY_INITRAMFS_TOOLS:
      ferry_draft_add_command (draft, "sudo update-initramfs -u -k all");
      break;
    case FERRY_INITRAMFS_BOOSTER:
    case FERRY_INITRAMFS_UNKNOWN:
    default:
      break;
    }
  if (uki && ferry_plan_find_refusal (draft->plan, "image-unknown") != NULL)
    ferry_plan_add_manual (draft->plan,
                           _("If the file that starts your system was not made by that, make it again in the way in "
                             "which it was made."));
}

static gboolean
is_late (const FerryChange *change)
{
  return change->kind == FERRY_CHANGE_MENU || change->kind == FERRY_CHANGE_BLS_ARGS
         || change->kind == FERRY_CHANGE_SERVICE || change->kind == FERRY_CHANGE_NETWORK
         || change->kind == FERRY_CHANGE_GROUP;
}

static void
add_steps (FerryDraft *draft, gboolean late)
{
  for (guint i = 0; i < draft->plan->changes->len; i++)
    {
      const FerryChange *change = g_ptr_array_index (draft->plan->changes, i);

      if (is_late (change) == late)
        add_step (draft, change);
    }
}

/**
 * ferry_draft_add_by_hand:
 *
 * Completes the manual steps of a refused plan, or takes them away where they would do harm; to be called when all
 * changes are planned and sorted.
 */
void
ferry_draft_add_by_hand (FerryDraft *draft)
{
  FerryPlan *plan = draft->plan;
  g_autoptr (GPtrArray) special = NULL;

  if (plan->refusals->len == 0 || !may_be_done (plan))
    {
      g_ptr_array_set_size (plan->manual, 0);
      return;
    }
  special = g_steal_pointer (&plan->manual);
  plan->manual = g_ptr_array_new_with_free_func (g_free);
  add_steps (draft, FALSE);
  g_ptr_array_extend_and_steal (plan->manual, g_steal_pointer (&special));
  add_images (draft);
  add_menu (draft);
  add_steps (draft, TRUE);
  ferry_plan_add_manual (plan, _("Restart the computer."));
}
