/* assistant.h: shows one page at a time, with the buttons that lead to the next.
 *
 * Pages are made when they are first turned to. Every button is decided in one function from what
 * the visible page says of itself. The assistant knows no page by name: the route lists them.
 */
#pragma once

#include <adwaita.h>

#include "page.h"

G_BEGIN_DECLS

#define FERRY_TYPE_ASSISTANT (ferry_assistant_get_type ())
G_DECLARE_FINAL_TYPE (FerryAssistant, ferry_assistant, FERRY, ASSISTANT, AdwBin)

typedef enum
{
  FERRY_FORWARD_START,
  FERRY_FORWARD_NEXT,
  FERRY_FORWARD_SKIP
} FerryForward;

typedef struct
{
  gboolean back_visible, back_sensitive;
  gboolean forward_visible, forward_sensitive;
  gboolean forward_suggested; /* drawn as the thing to do */
  FerryForward forward;       /* what is written on it */
  gboolean spinner_visible;
} FerryButtons;

FerryButtons ferry_assistant_decide_buttons (guint position, guint n_pages, gboolean complete,
                                             gboolean skippable, gboolean busy);

void ferry_assistant_start (FerryAssistant *self, FerrySession *session, guint position);
gboolean ferry_assistant_turn_to (FerryAssistant *self, guint position);
void ferry_assistant_back (FerryAssistant *self);
void ferry_assistant_forward (FerryAssistant *self);
void ferry_assistant_open_at (FerryAssistant *self, guint position);
void ferry_assistant_forget (FerryAssistant *self);

guint ferry_assistant_get_position (FerryAssistant *self);
guint ferry_assistant_get_reached (FerryAssistant *self);
FerryPage *ferry_assistant_get_page (FerryAssistant *self);

G_END_DECLS
