/* test-preset.c: presets of mkinitcpio as they are shipped and as people write them. */
#include "config.h"

#include <string.h>

#include "plan/preset.h"
#include "facts/error.h"

typedef struct
{
  const char *name;
  const char *text;
  const char *images; /* "KERNEL CONFIG IMAGE[ OPTION...]|..."; NULL: refused */
} Row;

static const Row rows[] = {
  { "Manjaro",
    "# mkinitcpio preset file for the 'linux612' package\n\nALL_config=\"/etc/mkinitcpio.conf\"\n"
    "ALL_kver=\"/boot/vmlinuz-6.12-x86_64\"\n\nPRESETS=('default' 'fallback')\n\n"
    "#default_config=\"/etc/mkinitcpio.conf\"\ndefault_image=\"/boot/initramfs-6.12-x86_64.img\"\n"
    "#default_options=\"\"\n\nfallback_image=\"/boot/initramfs-6.12-x86_64-fallback.img\"\n"
    "fallback_options=\"-S autodetect\"\n",
    "/boot/vmlinuz-6.12-x86_64 /etc/mkinitcpio.conf boot/initramfs-6.12-x86_64.img|"
    "/boot/vmlinuz-6.12-x86_64 /etc/mkinitcpio.conf boot/initramfs-6.12-x86_64-fallback.img -S autodetect" },
  { "new Arch",
    "#ALL_config=\"/etc/mkinitcpio.conf\"\nALL_kver=\"/boot/vmlinuz-linux\"\nPRESETS=('default')\n"
    "default_image=\"/boot/initramfs-linux.img\"\n#default_uki=\"/efi/EFI/Linux/arch-linux.efi\"\n",
    "/boot/vmlinuz-linux - boot/initramfs-linux.img" },
  { "unified",
    "ALL_kver=/boot/vmlinuz-linux\nPRESETS=('default')\ndefault_uki=\"/efi/EFI/Linux/arch.efi\"\n"
    "default_options=\"--splash /usr/share/systemd/bootctl/splash-arch.bmp\"\n",
    "/boot/vmlinuz-linux - efi/EFI/Linux/arch.efi U --splash /usr/share/systemd/bootctl/splash-arch.bmp" },
  { "unified with a picture of its own",
    "ALL_kver=/boot/vmlinuz-linux\nPRESETS=(a)\na_uki=/efi/EFI/Linux/arch.efi\nALL_splash=/usr/share/x.bmp\n",
    "/boot/vmlinuz-linux - efi/EFI/Linux/arch.efi U --splash /usr/share/x.bmp" },
  { "both",
    "PRESETS=(a)\na_kver=6.12.4-1-MANJARO\na_image=/boot/i.img\na_uki=/efi/EFI/Linux/a.efi\n",
    "6.12.4-1-MANJARO - boot/i.img|6.12.4-1-MANJARO - efi/EFI/Linux/a.efi U" },
  { "own configuration wins", "ALL_config=/etc/a.conf\nALL_kver=1\nPRESETS=(a)\na_config=/etc/b.conf\na_image=/boot/i\n",
    "1 /etc/b.conf boot/i" },
  { "options as array", "ALL_kver=1\nPRESETS=(a)\na_image=/boot/i\na_options=(-S autodetect --addhooks=x -v)\n",
    "1 - boot/i -S autodetect --addhooks=x -v" },
  { "image for all is not mkinitcpio's way", "ALL_kver=1\nALL_image=/boot/i\nPRESETS=(a)\n", "" },
  { "no kernel", "PRESETS=(a)\na_image=/boot/i\n", "" },
  { "no image", "ALL_kver=1\nPRESETS=(a)\n", "" },
  { "no presets", "ALL_kver=1\n", NULL },
  { "empty", "", NULL },
  { "computed kernel", "ALL_kver=$(uname -r)\nPRESETS=(a)\na_image=/boot/i\n", NULL },
  { "computed image", "ALL_kver=1\nPRESETS=(a)\na_image=\"/boot/i-$ALL_kver\"\n", NULL },
  { "condition", "ALL_kver=1\nPRESETS=(a)\nif true; then\na_image=/boot/i\nfi\n", NULL },
  { "open quote", "ALL_kver=1\nPRESETS=('a)\na_image=/boot/i\n", NULL },
  { "other output", "ALL_kver=1\nPRESETS=(a)\na_image=/boot/i\na_options=\"-g /etc/passwd\"\n", NULL },
  { "glued output", "ALL_kver=1\nPRESETS=(a)\na_image=/boot/i\na_options=\"-g/etc/passwd\"\n", NULL },
  { "other kernel", "ALL_kver=1\nPRESETS=(a)\na_image=/boot/i\na_options=\"-k 2\"\n", NULL },
  { "no words", "ALL_kver=1\nPRESETS=(a)\na_uki=/efi/x.efi\na_options=\"--no-cmdline\"\n", NULL },
  { "words from elsewhere", "ALL_kver=1\nPRESETS=(a)\na_uki=/efi/x.efi\nALL_cmdline=/etc/words\n", NULL },
  { "words from elsewhere, no unified image", "ALL_kver=1\nPRESETS=(a)\na_image=/boot/i\nALL_cmdline=/etc/words\n",
    "1 - boot/i" },
  { "microcode", "ALL_kver=1\nPRESETS=(a)\na_uki=/efi/x.efi\nALL_microcode=(/boot/*-ucode.img)\n", NULL },
  { "older name", "ALL_kver=1\nPRESETS=(a)\na_efi_image=/efi/x.efi\n", NULL },
  { "option lacks its value", "ALL_kver=1\nPRESETS=(a)\na_image=/boot/i\na_options=-S\n", NULL },
  { "option for a value", "ALL_kver=1\nPRESETS=(a)\na_image=/boot/i\na_options=\"-S -g\"\n", NULL },
  { "unsafe word", "ALL_kver=1\nPRESETS=(a)\na_image=/boot/i\na_options=\"-S 'x;y'\"\n", NULL },
  { "blank in a path", "ALL_kver=1\nPRESETS=(a)\na_image=\"/boot/my image\"\n", NULL },
  { "relative path", "ALL_kver=1\nPRESETS=(a)\na_image=boot/i\n", NULL },
  { "way out", "ALL_kver=1\nPRESETS=(a)\na_image=/boot/../etc/passwd\n", NULL },
  { "folder", "ALL_kver=1\nPRESETS=(a)\na_image=/boot/\n", NULL },
  { "kernel is an option", "ALL_kver=-g\nPRESETS=(a)\na_image=/boot/i\n", NULL },
  { "same image twice", "ALL_kver=1\nPRESETS=(a b)\na_image=/boot/i\nb_image=/boot/i\n", NULL },
  { "name is no name", "ALL_kver=1\nPRESETS=('a b')\n", NULL },
};

static char *
print (GPtrArray *presets)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < presets->len; i++)
    {
      const FerryPreset *preset = g_ptr_array_index (presets, i);
      g_autofree char *options = g_strjoinv (" ", preset->options);

      g_string_append_printf (text, "%s%s %s %s%s%s%s", i > 0 ? "|" : "", preset->kernel,
                              preset->config != NULL ? preset->config : "-", preset->image,
                              preset->uki ? " U" : "", *options != '\0' ? " " : "", options);
    }
  return g_string_free (text, FALSE);
}

static void
test_rows (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) presets = ferry_preset_parse (rows[i].text, &error);
      g_autofree char *found = presets != NULL ? print (presets) : NULL;

      g_test_message ("%s", rows[i].name);
      g_assert_cmpstr (found, ==, rows[i].images);
      if (rows[i].images == NULL)
        g_assert_error (error, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED);
    }
}

/* Whatever the text: an image is below the root and an option is a known one. */
static void
test_changed_bytes (void)
{
  static const char signs[] = "/.'\"$()=-\n a_";
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  for (guint round = 0; round < 20000; round++)
    {
      g_autofree char *text = g_strdup (rows[round % G_N_ELEMENTS (rows)].text);
      g_autoptr (GPtrArray) presets = NULL;
      gsize length = strlen (text);

      for (int n = g_rand_int_range (rand, 1, 6); n > 0 && length > 0; n--)
        text[g_rand_int_range (rand, 0, (gint32) length)] = signs[g_rand_int_range (rand, 0, sizeof signs - 1)];
      presets = ferry_preset_parse (text, NULL);
      for (guint i = 0; presets != NULL && i < presets->len; i++)
        {
          const FerryPreset *preset = g_ptr_array_index (presets, i);

          g_assert_false (g_path_is_absolute (preset->image));
          g_assert_null (strstr (preset->image, "/.."));
          g_assert_false (g_strv_contains ((const char *const *) preset->options, "-g"));
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/preset/rows", test_rows);
  g_test_add_func ("/preset/changed-bytes", test_changed_bytes);
  return g_test_run ();
}
