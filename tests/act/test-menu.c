/* test-menu.c: boot menus as grub-mkconfig writes them on several distributions, and broken ones. */
#include "config.h"

#include <string.h>

#include "act/menu-entries.h"
#include "act/menu.h"
#include "facts/error.h"
#include "facts/tree.h"

#define BEGIN "### BEGIN /etc/grub.d/10_linux ###\n"
#define END "### END /etc/grub.d/10_linux ###\n"
#define HEAD                                                                                         \
  "if [ -s $prefix/grubenv ]; then\n  load_env\nfi\n"                                                \
  "function savedefault {\n  if [ -z \"${boot_once}\" ]; then\n    saved_entry=\"${chosen}\"\n  fi\n}\n" \
  "if [ x\"${feature_menuentry_id}\" = xy ]; then menuentry_id_option=\"--id\"; fi\n"
#define ENTRY(title, words, image)                                                                  \
  "menuentry '" title "' --class gnu-linux $menuentry_id_option 'x' {\n\tinsmod gzio\n"              \
  "\tif [ x$grub_platform = xxen ]; then insmod xzio; fi\n"                                          \
  "\techo 'Loading ...'\n\tlinux\t/boot/vmlinuz-6.12-x86_64 root=UUID=1 rw " words "\n"              \
  "\tinitrd\t/boot/intel-ucode.img /boot/" image "\n}\n"

typedef struct
{
  const char *name;
  const char *text;
  int entries; /* -1: broken */
  gboolean good;
} Row;

static const Row rows[] = {
  { "simple", HEAD BEGIN ENTRY ("Manjaro", "quiet iommu=pt", "initramfs.img") END, 1, TRUE },
  { "word is missing", HEAD BEGIN ENTRY ("Manjaro", "quiet", "initramfs.img") END, 1, FALSE },
  { "longer word", HEAD BEGIN ENTRY ("Manjaro", "quiet iommu=ptx", "initramfs.img") END, 1, FALSE },
  { "behind the end of the words", BEGIN ENTRY ("A", "quiet -- foo iommu=pt", "i.img") END, 1, FALSE },
  { "one of two lacks it",
    BEGIN ENTRY ("A", "iommu=pt", "i.img") "submenu 'Advanced' {\n" ENTRY ("B", "quiet", "i.img") "}\n" END, 2,
    FALSE },
  { "submenu",
    BEGIN ENTRY ("A", "iommu=pt", "i.img") "submenu \"Advanced\" --id 'y' {\n" ENTRY ("B", "iommu=pt", "i.img")
        ENTRY ("B (recovery mode)", "single", "i.img") "}\n" END,
    3, TRUE },
  { "fallback may lack it",
    BEGIN ENTRY ("A", "iommu=pt", "i.img") ENTRY ("B", "quiet", "initramfs-fallback.img") END, 2, TRUE },
  { "other systems may lack it",
    BEGIN ENTRY ("A", "iommu=pt", "i.img") END "### BEGIN /etc/grub.d/30_os-prober ###\n"
        ENTRY ("Other", "quiet", "i.img") "menuentry 'Windows' { chainloader /x.efi\n}\n"
        "### END /etc/grub.d/30_os-prober ###\n### BEGIN /etc/grub.d/40_custom ###\n" ENTRY ("Mine", "", "i.img"),
    3, TRUE },
  { "renumbered script", "### BEGIN /etc/grub.d/09_linux ###\n" ENTRY ("A", "iommu=pt", "i.img"), 1, TRUE },
  { "only recovery", BEGIN ENTRY ("A", "single iommu=pt", "i.img") END, 1, FALSE },
  { "nobody's", ENTRY ("A", "iommu=pt", "i.img"), 1, FALSE },
  { "xen is not ours", "### BEGIN /etc/grub.d/20_linux_xen ###\n" ENTRY ("A", "iommu=pt", "i.img"), 1, FALSE },
  { "in a comment", BEGIN ENTRY ("A", "quiet # iommu=pt", "i.img") END, 1, FALSE },
  { "comment hides entry", BEGIN "#menuentry 'x' {\n" ENTRY ("A", "iommu=pt", "i.img") END, 1, TRUE },
  { "in quotes", BEGIN ENTRY ("A", "\"iommu=pt\"", "i.img") END, 1, TRUE },
  { "quoted with others", BEGIN ENTRY ("A", "'quiet iommu=pt'", "i.img") END, 1, FALSE },
  { "continued line", BEGIN ENTRY ("A", "quiet \\\n iommu=pt", "i.img") END, 1, TRUE },
  { "variable", BEGIN ENTRY ("A", "$vt_handoff ${extra} iommu=pt", "i.img") END, 1, TRUE },
  { "bracket in a title", BEGIN ENTRY ("A { x", "iommu=pt", "i.img") END, 1, TRUE },
  { "linux16", BEGIN "menuentry \"A\" { linux16 /vmlinuz iommu=pt; initrd16 /i; }\n" END, 1, TRUE },
  { "memtest", BEGIN ENTRY ("A", "iommu=pt", "i.img") END "menuentry 'Memtest' {\n\tlinux16 /memtest.bin\n}\n", 2,
    TRUE },
  { "empty", "", 0, FALSE },
  { "cut in the entry", BEGIN "menuentry 'A' {\n\tlinux /vmlinuz iommu=pt\n", -1, FALSE },
  { "cut in quotes", BEGIN "menuentry 'A", -1, FALSE },
  { "too many brackets", BEGIN ENTRY ("A", "iommu=pt", "i.img") "}\n", -1, FALSE },
  { "entry in entry", "menuentry a {\nmenuentry b {\n}\n}\n", -1, FALSE },
  { "no title", "menuentry {\n}\n", -1, FALSE },
};

static void
test_rows (void)
{
  static const char *const words[] = { "iommu=pt", NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) entries = ferry_menu_parse (rows[i].text, &error);

      g_test_message ("%s", rows[i].name);
      if (rows[i].entries < 0)
        {
          g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpint ((int) entries->len, ==, rows[i].entries);
      g_assert_cmpint (ferry_menu_check_words (entries, words, &error), ==, rows[i].good);
      if (!rows[i].good)
        g_assert_error (error, FERRY_ERROR, FERRY_ERROR_FAILED);
    }
}

static void
test_values (void)
{
  g_autoptr (GPtrArray) entries = ferry_menu_parse (rows[0].text, NULL);
  const FerryMenuEntry *entry = g_ptr_array_index (entries, 0);

  g_assert_cmpstr (entry->title, ==, "Manjaro");
  g_assert_cmpstr (entry->kernel, ==, "/boot/vmlinuz-6.12-x86_64");
  g_assert_cmpuint (g_strv_length (entry->words), ==, 4);
  g_assert_true (entry->own);
  g_assert_false (entry->recovery);
}

#define DEFAULT "KERNEL_CMDLINE[default]=\"root=UUID=1 rw iommu=pt\"\n"

static const struct
{
  const char *name, *source, *menu;
  gboolean good;
} limine_rows[] = {
  { "simple", DEFAULT, "timeout: 5\n/Linux\n  protocol: linux\n  cmdline: root=UUID=1 rw iommu=pt\n", TRUE },
  { "old form", DEFAULT, "TIMEOUT=5\n:Linux\nCMDLINE=root=UUID=1 rw iommu=pt\n", TRUE },
  { "word is missing", DEFAULT, "/Linux\n  cmdline: root=UUID=1 rw\n", FALSE },
  { "longer word", DEFAULT, "/Linux\n  cmdline: root=UUID=1 rw iommu=ptx\n", FALSE },
  { "one of two lacks it", DEFAULT,
    "/Linux\n//linux\n  cmdline: root=UUID=1 rw iommu=pt\n//linux-lts\n  kernel_cmdline: root=UUID=1 rw\n", FALSE },
  { "in a comment", DEFAULT, "# iommu=pt\n/Linux\n  cmdline: root=UUID=1 rw\n", FALSE },
  { "behind the end of the words", DEFAULT, "/Linux\n  cmdline: root=UUID=1 rw -- iommu=pt\n", FALSE },
  { "fallback and snapshots may lack it", DEFAULT,
    "/Linux\n//linux\n  cmdline: root=UUID=1 iommu=pt\n//linux fallback\n  cmdline: root=UUID=1\n//Snapshots\n///1\n"
    "////linux\n  cmdline: root=UUID=1\n",
    TRUE },
  { "behind the snapshots", DEFAULT,
    "/Linux\n//Snapshots\n///1\n  cmdline: root=UUID=1\n//linux-lts\n  cmdline: root=UUID=1 rw\n", FALSE },
  { "another system may lack it", DEFAULT,
    "/Linux\n  cmdline: root=UUID=1 iommu=pt\n/Other\n  cmdline: root=UUID=2\n/Windows\n  protocol: efi_chainload\n", TRUE },
  { "only another system", DEFAULT, "/Other\n  cmdline: root=UUID=2 iommu=pt\n", FALSE },
  { "taken out again", "KERNEL_CMDLINE[default]=\"root=UUID=1 rw\"\n", "/Linux\n  cmdline: root=UUID=1 rw\n", TRUE },
  { "no entry", DEFAULT, "timeout: 5\n", FALSE },
};

static void
test_limine (void)
{
  char *words[] = { (char *) "iommu=pt", NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (limine_rows); i++)
    {
      g_autoptr (FerryTree) tree = ferry_tree_new ();
      g_autoptr (FerryRoot) root = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", limine_rows[i].name);
      ferry_tree_add_file (tree, "etc/default/limine", limine_rows[i].source);
      ferry_tree_add_file (tree, "boot/efi/limine.conf", limine_rows[i].menu);
      root = ferry_tree_open (tree);
      g_assert_cmpint (ferry_menu_entries_check_limine (root, words, &error), ==, limine_rows[i].good);
    }
}

/* Cut anywhere inside an entry, the menu must not pass. */
static void
test_cut_off (void)
{
  static const char *const words[] = { "iommu=pt", NULL };
  const char *text = rows[0].text;
  gsize whole = (gsize) (strstr (text, "}\n" END) - text);

  for (gsize size = 0; size < whole; size++)
    {
      g_autofree char *part = g_strndup (text, size);
      g_autoptr (GPtrArray) entries = ferry_menu_parse (part, NULL);

      g_assert_true (entries == NULL || !ferry_menu_check_words (entries, words, NULL));
    }
}

static void
test_changed_bytes (void)
{
  static const char signs[] = "{}'\"\\$\n;# amenuentry";
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (guint round = 0; round < 20000; round++)
    {
      g_autofree char *text = g_strdup (rows[round % G_N_ELEMENTS (rows)].text);
      g_autoptr (GPtrArray) entries = NULL;
      gsize length = strlen (text);

      for (int n = g_rand_int_range (rand, 1, 6); n > 0 && length > 0; n--)
        text[g_rand_int_range (rand, 0, (gint32) length)] = signs[g_rand_int_range (rand, 0, sizeof signs - 1)];
      entries = ferry_menu_parse (text, NULL);
      for (guint i = 0; entries != NULL && i < entries->len; i++)
        g_assert_nonnull (((FerryMenuEntry *) g_ptr_array_index (entries, i))->words);
    }
}

static void
test_bounds (void)
{
  g_autoptr (GString) many = g_string_new (NULL);
  g_autofree char *large = g_strnfill (FERRY_MENU_MAX_SIZE + 1, ' ');

  for (guint i = 0; i <= FERRY_MENU_MAX_ENTRIES; i++)
    g_string_append (many, "menuentry a {\n}\n");
  g_assert_null (ferry_menu_parse (many->str, NULL));
  g_assert_null (ferry_menu_parse (large, NULL));
  g_string_truncate (many, 0);
  for (guint i = 0; i < 100; i++)
    g_string_append (many, "submenu a {\n");
  g_assert_null (ferry_menu_parse (many->str, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/menu/rows", test_rows);
  g_test_add_func ("/menu/values", test_values);
  g_test_add_func ("/menu/cut-off", test_cut_off);
  g_test_add_func ("/menu/changed-bytes", test_changed_bytes);
  g_test_add_func ("/menu/bounds", test_bounds);
  g_test_add_func ("/menu/limine", test_limine);
  return g_test_run ();
}
