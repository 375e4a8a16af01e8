/* fuzz-edit.c: any text as a configuration file, with each editor. The first byte chooses the editor.
 *
 * Properties: an editor refuses or succeeds; what succeeded is stable when it is done again; the old text is still
 * there (nothing is lost but, at most, the quotes of one value); a value that is set reads back as the old one and
 * the new words.
 */
#include "config.h"

#include <string.h>

#include "place.h"
#include "plan/edit.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

#define NAME "GRUB_CMDLINE_LINUX_DEFAULT"

static const char *const words[] = { "intel_iommu=on", "vfio-pci.ids=10de:13c2,10de:0fbb", NULL };

typedef char *(*Editor) (const char *text, const char *const *list, GError **error);

static char *
add_words (const char *text, const char *const *list, GError **error)
{
  return ferry_edit_shell_add_words (text, NAME, list, error);
}

static char *
prepend (const char *text, const char *const *list, GError **error)
{
  return ferry_edit_array_prepend (text, "MODULES", list, error);
}

static char *
set (const char *text, const char *const *list, GError **error)
{
  return ferry_edit_shell_set (text, "GRUB_TIMEOUT", "5", error);
}

static char *
show_loader (const char *text, const char *const *list, GError **error)
{
  return ferry_edit_loader_timeout (text, 5);
}

static const Editor editors[] = { add_words, prepend, ferry_edit_cmdline_add, ferry_edit_bls_add,
                                  ferry_edit_refind_add, ferry_edit_limine_add, ferry_edit_lines_add, set,
                                  show_loader };

/* Every byte of @before is in @after, in order: an edit only adds. */
static gboolean
only_adds (const char *before, const char *after)
{
  while (*before != '\0')
    {
      after = strchr (after, *before);
      if (after == NULL)
        return FALSE;
      before++;
      after++;
    }
  return TRUE;
}

static void
check_value (const char *before, const char *after)
{
  g_autofree char *old = ferry_edit_shell_value (before, NAME, NULL);
  g_autofree char *now = ferry_edit_shell_value (after, NAME, NULL);

  PROPERTY (now != NULL);
  PROPERTY (old == NULL || g_str_has_prefix (now, old));
  for (guint i = 0; words[i] != NULL; i++)
    PROPERTY (strstr (now, words[i]) != NULL);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  Editor editor;
  g_autofree char *text = NULL;
  g_autofree char *after = NULL;
  g_autofree char *again = NULL;

  if (size < 1 || size > 65536 || memchr (data + 1, '\0', size - 1) != NULL)
    return 0;
  editor = editors[data[0] % G_N_ELEMENTS (editors)];
  text = g_strndup ((const char *) data + 1, size - 1);
  after = editor (text, words, NULL);
  if (after == NULL)
    return 0;
  again = editor (after, words, NULL);
  PROPERTY (g_strcmp0 (again, after) == 0);
  PROPERTY (editor == set || editor == show_loader || only_adds (text, after));
  if (editor == add_words)
    check_value (text, after);
  return 0;
}
