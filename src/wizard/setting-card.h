/* setting-card.h: one firmware setting: where it is in the menu, what it is called, why. */
#pragma once

#include <adwaita.h>

#include "plan/guidance.h"

G_BEGIN_DECLS

#define FERRY_TYPE_SETTING_CARD (ferry_setting_card_get_type ())
G_DECLARE_FINAL_TYPE (FerrySettingCard, ferry_setting_card, FERRY, SETTING_CARD, AdwBin)

GtkWidget *ferry_setting_card_new (const FerrySetting *setting);

G_END_DECLS
