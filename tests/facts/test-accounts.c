/* test-accounts.c: who is in which group. */
#include "config.h"

#include "facts/accounts.h"

#define GROUPS "root:x:0:\nkvm:x:992:\nlibvirt:x:959:anna, ben\nwheel:x:998:anna\n"
#define PASSWD                                                                                     \
  "root:x:0:0::/root:/bin/bash\nanna:x:1000:1000:Anna:/home/anna:/bin/zsh\n"                       \
  "carl:x:1001:959::/home/carl:/bin/zsh\nshort:x:1002\n"

static FerryAnswer
in_group (const char *user, const char *group)
{
  return ferry_accounts_in_group (GROUPS, PASSWD, user, group);
}

static void
test_members (void)
{
  g_assert_cmpint (in_group ("anna", "libvirt"), ==, FERRY_ANSWER_YES);
  g_assert_cmpint (in_group ("ben", "libvirt"), ==, FERRY_ANSWER_YES);
  g_assert_cmpint (in_group ("an", "libvirt"), ==, FERRY_ANSWER_NO);
  g_assert_cmpint (in_group ("anna", "kvm"), ==, FERRY_ANSWER_NO);
  g_assert_cmpint (in_group ("anna", "libvir"), ==, FERRY_ANSWER_NO);
}

static void
test_first_group (void)
{
  g_assert_cmpint (in_group ("carl", "libvirt"), ==, FERRY_ANSWER_YES);
  g_assert_cmpint (in_group ("short", "libvirt"), ==, FERRY_ANSWER_NO);
  g_assert_cmpint (ferry_accounts_in_group (GROUPS, NULL, "carl", "libvirt"), ==, FERRY_ANSWER_NO);
}

static void
test_broken (void)
{
  g_assert_cmpint (ferry_accounts_in_group (NULL, PASSWD, "anna", "libvirt"), ==,
                   FERRY_ANSWER_UNKNOWN);
  g_assert_cmpint (ferry_accounts_in_group ("", "", "anna", "libvirt"), ==, FERRY_ANSWER_NO);
  g_assert_cmpint (ferry_accounts_in_group ("libvirt\nlibvirt:x\n:::\n", "\n:\n", "", "libvirt"),
                   ==, FERRY_ANSWER_NO);
  g_assert_cmpint (ferry_accounts_in_group ("libvirt:x::\n", "anna:x:1::::\n", "anna", "libvirt"),
                   ==, FERRY_ANSWER_NO);
}

static void
test_administrator (void)
{
  g_assert_true (ferry_accounts_is_administrator (PASSWD, "root"));
  g_assert_false (ferry_accounts_is_administrator (PASSWD, "carl"));
  g_assert_false (ferry_accounts_is_administrator (PASSWD, "nobody-here"));
  g_assert_true (ferry_accounts_is_administrator (NULL, "root"));
  g_assert_false (ferry_accounts_is_administrator (NULL, "user"));
  g_assert_true (ferry_accounts_is_administrator ("user:x:0:0::/:\n", "user"));
  g_assert_false (ferry_accounts_is_administrator ("user:x:01:0::/:\n", "user"));
}

static void
assert_name (const char *accounts, guint uid, const char *wanted)
{
  g_autofree char *name = ferry_accounts_find_name (accounts, uid);

  g_assert_cmpstr (name, ==, wanted);
}

static void
test_find_name (void)
{
  assert_name (PASSWD, 0, "root");
  assert_name (PASSWD, 1001, "carl");
  assert_name (PASSWD, 1002, NULL);
  assert_name (PASSWD, 100, NULL);
  assert_name (NULL, 0, NULL);
  assert_name ("\n:x:0:0:::\nadmin:x:0:0:::\nroot:x:0:0:::", 0, "admin");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/accounts/members", test_members);
  g_test_add_func ("/accounts/first-group", test_first_group);
  g_test_add_func ("/accounts/broken", test_broken);
  g_test_add_func ("/accounts/administrator", test_administrator);
  g_test_add_func ("/accounts/find-name", test_find_name);
  return g_test_run ();
}
