/* test-abilities.c: what libvirt's answers of several versions say, and what hostile texts do. */
#include "config.h"

#include <string.h>

#include "facts/error.h"
#include "facts/tree.h"
#include "guest/abilities.h"
#include "guest/element.h"

static char *
load (const char *name)
{
  g_autofree char *path = g_strdup_printf ("%s/tests/guest/capabilities/%s.xml",
                                           g_getenv ("FERRY_SOURCE_DIR"), name);
  char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static FerryAbilities *
parse (const char *name)
{
  g_autofree char *text = load (name);
  g_autoptr (GError) error = NULL;
  FerryAbilities *abilities
      = ferry_abilities_parse (text, FERRY_ABILITIES_VERSION (9, 0, 0), 7002022, &error);

  g_assert_no_error (error);
  return abilities;
}

static void
test_ordinary (void)
{
  g_autoptr (FerryAbilities) it = parse ("libvirt-9");

  g_assert_cmpuint (it->libvirt, ==, 9000000);
  g_assert_cmpuint (it->qemu, ==, 7002022);
  g_assert_true (it->kvm);
  g_assert_true (it->q35);
  g_assert_cmpstr (it->emulator, ==, "/usr/bin/qemu-system-x86_64");
  g_assert_cmpuint (it->max_processors, ==, 288);
  g_assert_true (it->efi);
  g_assert_true (it->secure_boot);
  g_assert_cmpint (it->enrolled_keys, ==, FERRY_ANSWER_UNKNOWN);
  g_assert_true (it->tpm);
  g_assert_true (it->host_passthrough);
  g_assert_true (it->spice);
  g_assert_true (it->vfio);
  g_assert_true (ferry_abilities_has_hyperv (it, "vpindex"));
  g_assert_false (ferry_abilities_has_hyperv (it, "evmcs"));
}

static void
test_newest (void)
{
  g_autoptr (FerryAbilities) it = parse ("libvirt-12");

  g_assert_true (it->q35);
  g_assert_true (it->secure_boot);
  g_assert_cmpint (it->enrolled_keys, ==, FERRY_ANSWER_YES);
  g_assert_cmpuint (it->max_processors, ==, 4096);
}

/* KVM can be opened, but the processor has no virtualisation: no VFIO, hardly a Hyper-V feature. */
static void
test_no_virtualization (void)
{
  g_autoptr (FerryAbilities) it = parse ("no-virtualization");

  g_assert_true (it->kvm);
  g_assert_false (it->vfio);
  g_assert_false (ferry_abilities_has_hyperv (it, "vpindex"));
  g_assert_true (ferry_abilities_has_hyperv (it, "spinlocks"));
}

static void
test_emulation (void)
{
  g_autoptr (FerryAbilities) it = parse ("emulation");

  g_assert_false (it->kvm);
  g_assert_false (it->host_passthrough);
  g_assert_true (it->efi);
  g_assert_false (ferry_abilities_has_hyperv (it, "spinlocks"));
}

static FerryAbilities *
parse_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  FerryAbilities *it = ferry_abilities_parse (text, 0, 0, &error);

  g_assert_no_error (error);
  return it;
}

static void
test_little (void)
{
  g_autoptr (FerryAbilities) empty = parse_text ("<domainCapabilities/>");
  g_autoptr (FerryAbilities) bios = parse_text (
      "<domainCapabilities><domain>kvm</domain><vcpu max='99999999'/><os supported='yes'>"
      "<enum name='firmware'><value>bios</value></enum><loader supported='yes'><enum name='secure'>"
      "<value>yes</value></enum></loader></os><devices><tpm supported='no'><enum "
      "name='backendModel'><value>emulator</value></enum></tpm></devices><features><hyperv "
      "supported='no'/></features></domainCapabilities>");
  g_autoptr (FerryAbilities) keyless = parse_text (
      "<domainCapabilities><os supported='yes'><enum name='firmware'><value>efi</value></enum>"
      "<firmwareFeatures supported='yes'><enum name='secureBoot'><value>yes</value></enum><enum "
      "name='enrolledKeys'><value>no</value></enum></firmwareFeatures></os></domainCapabilities>");

  g_assert_false (empty->kvm);
  g_assert_false (empty->efi);
  g_assert_false (empty->tpm);
  g_assert_false (empty->spice);
  g_assert_null (empty->emulator);
  g_assert_false (bios->efi);
  g_assert_false (bios->secure_boot);
  g_assert_false (bios->tpm);
  g_assert_cmpuint (bios->max_processors, ==, 0);
  g_assert_false (ferry_abilities_has_hyperv (bios, "relaxed"));
  g_assert_true (keyless->secure_boot);
  g_assert_cmpint (keyless->enrolled_keys, ==, FERRY_ANSWER_NO);
}

static void
assert_refused (const char *text, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (ferry_abilities_parse (text, 0, 0, &error));
  g_assert_error (error, FERRY_ERROR, code);
}

static void
test_hostile (void)
{
  g_autoptr (GString) deep = g_string_new ("<domainCapabilities>");
  g_autofree char *huge = g_strnfill (FERRY_ELEMENT_MAX_XML + 1, ' ');

  for (guint i = 0; i < 100000; i++)
    g_string_append (deep, "<os>");
  assert_refused ("", FERRY_ERROR_INVALID);
  assert_refused ("<", FERRY_ERROR_INVALID);
  assert_refused ("<domain/>", FERRY_ERROR_INVALID);
  assert_refused ("<domainCapabilities>", FERRY_ERROR_INVALID);
  assert_refused ("<domainCapabilities>\xff</domainCapabilities>", FERRY_ERROR_INVALID);
  assert_refused (deep->str, FERRY_ERROR_INVALID);
  assert_refused (huge, FERRY_ERROR_TOO_LARGE);
  assert_refused ("<!DOCTYPE domainCapabilities [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
                  "<domainCapabilities><path>&a;</path></domainCapabilities>",
                  FERRY_ERROR_INVALID);
}

static void
test_guess (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryRoot) root = NULL;
  g_autoptr (FerryMachine) machine = NULL;
  g_autoptr (FerryAbilities) it = NULL;

  ferry_tree_add_folder (tree, "usr/bin");
  ferry_tree_add_folder (tree, "dev");
  root = ferry_tree_open (tree);
  machine = ferry_machine_scan (root, NULL, NULL, NULL);
  it = ferry_abilities_guess (machine);
  g_assert_false (it->kvm);
  g_assert_false (it->efi);
  g_assert_false (it->tpm);
  g_assert_true (it->vfio);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/abilities/ordinary", test_ordinary);
  g_test_add_func ("/abilities/newest", test_newest);
  g_test_add_func ("/abilities/no-virtualization", test_no_virtualization);
  g_test_add_func ("/abilities/emulation", test_emulation);
  g_test_add_func ("/abilities/little", test_little);
  g_test_add_func ("/abilities/hostile", test_hostile);
  g_test_add_func ("/abilities/guess", test_guess);
  return g_test_run ();
}
