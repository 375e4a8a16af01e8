/* verify.c: ferryctl verify: whether a change arrived, and what became of it since.
 *
 * As root, and below --root, what only root can read is read directly; a recording brings it along.
 * Otherwise the root helper is asked; where it is not there or does not answer, the look goes on
 * without it.
 */
#include "config.h"

#include <unistd.h>

#include "act/client.h"
#include "act/inspection.h"
#include "cli/output.h"
#include "cli/request.h"
#include "cli/verify.h"
#include "facts/boot-time.h"
#include "plan/verification-listing.h"

static GVariant *
ask_helper (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryClient) client = ferry_client_new (NULL, &error);
  GVariant *facts = client != NULL ? ferry_client_inspect (client, &error) : NULL;

  if (facts == NULL)
    g_debug ("No helper: %s", error->message);
  return facts;
}

static GVariant *
read_facts (const FerryRequest *request, FerryRoot *root)
{
  if (request->machine != NULL)
    return ferry_inspection_read (root);
  if (request->root != NULL || geteuid () == 0)
    return g_variant_ref_sink (ferry_inspection_make (root));
  return ask_helper ();
}

/**
 * ferry_verify_look:
 * @machine: (out) (transfer full): the computer that was looked at
 * @facts: (out) (transfer full) (nullable): what only root can read, or %NULL
 *
 * Returns: (transfer full) (nullable): what was found
 */
FerryVerification *
ferry_verify_look (const FerryRequest *request, FerryMachine **machine, GVariant **facts,
                   GError **error)
{
  g_autoptr (FerryRoot) root = ferry_request_open_root (request, error);
  g_autoptr (FerryMachine) scanned
      = root != NULL ? ferry_machine_scan (root, NULL, NULL, error) : NULL;
  g_autoptr (FerryEvidence) evidence = NULL;
  FerryVerification *verification;

  if (scanned == NULL)
    return NULL;
  *facts = read_facts (request, root);
  evidence = ferry_evidence_from_variant (*facts, scanned, ferry_boot_time_read (root));
  verification = ferry_verification_make (scanned, evidence);
  *machine = g_steal_pointer (&scanned);
  return verification;
}

int
ferry_command_verify (const FerryRequest *request, GError **error)
{
  g_autoptr (FerryMachine) machine = NULL;
  g_autoptr (GVariant) facts = NULL;
  g_autoptr (FerryVerification) verification = ferry_verify_look (request, &machine, &facts, error);
  g_autofree char *text = NULL;

  if (verification == NULL)
    return FERRY_EXIT_ERROR;
  text = request->json ? ferry_verification_listing_json (verification)
                       : ferry_verification_listing_text (verification);
  if (!ferry_output_print (text, error))
    return FERRY_EXIT_ERROR;
  return verification->result == FERRY_RESULT_WORKS ? FERRY_EXIT_READY : FERRY_EXIT_STEPS;
}
