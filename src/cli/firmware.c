/* firmware.c: ferryctl firmware. */
#include "config.h"

#include <glib/gi18n.h>

#include "cli/output.h"
#include "cli/request.h"
#include "plan/listing.h"
#include "plan/paragraph.h"

static FerryGuidance *
make_guidance (const FerryRequest *request, GError **error)
{
  g_autoptr (FerryRoot) root = ferry_request_open_root (request, error);
  g_autoptr (FerryMachine) machine = NULL;

  if (root == NULL)
    return NULL;
  machine = ferry_machine_scan (root, NULL, NULL, error);
  if (machine == NULL)
    return NULL;
  return ferry_guidance_make (machine, NULL, error);
}

static int
write_page (const FerryGuidance *guidance, const char *file, GError **error)
{
  g_autofree char *html = ferry_guidance_to_html (guidance);
  g_autofree char *name = NULL;
  g_autofree char *clean = NULL;
  g_autofree char *said = NULL;

  if (!ferry_output_create (file, html, error))
    return FERRY_EXIT_ERROR;
  name = g_filename_display_name (file);
  clean = ferry_paragraph_clean (name);
  said = g_strdup_printf (_ ("The page is in “%s”. Open it with a web browser, then print it or "
                             "send it to your phone.\n"),
                          clean);
  return ferry_output_print (said, error) ? FERRY_EXIT_READY : FERRY_EXIT_ERROR;
}

int
ferry_command_firmware (const FerryRequest *request, GError **error)
{
  g_autoptr (FerryGuidance) guidance = make_guidance (request, error);
  g_autofree char *text = NULL;

  if (guidance == NULL)
    return FERRY_EXIT_ERROR;
  if (request->html != NULL)
    return write_page (guidance, request->html, error);
  text = request->json ? ferry_listing_firmware_json (guidance) : ferry_guidance_to_text (guidance);
  return ferry_output_print (text, error) ? FERRY_EXIT_READY : FERRY_EXIT_ERROR;
}
