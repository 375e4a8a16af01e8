/* domain-parts.h: what the files of guest/domain share; nothing else includes it. */
#pragma once

#include "guest/domain.h"
#include "guest/element.h"

G_BEGIN_DECLS

typedef struct
{
  FerryMachine *machine;
  const FerryGuest *guest;
  const FerryAbilities *abilities;
  const FerryTuning *tuning;
  FerryElement *domain;
  GPtrArray *notes; /* of char * */
  gboolean secure;  /* the firmware that is asked for supports Secure Boot */
} FerryDomainDraft;

void ferry_domain_note (FerryDomainDraft *draft, const char *text);

void ferry_domain_add_firmware (FerryDomainDraft *draft);
void ferry_domain_add_features (FerryDomainDraft *draft);
void ferry_domain_add_processor (FerryDomainDraft *draft);
void ferry_domain_add_clock (FerryDomainDraft *draft);
void ferry_domain_add_devices (FerryDomainDraft *draft);
void ferry_domain_add_screen (FerryDomainDraft *draft, FerryElement *devices);
void ferry_domain_add_inputs (FerryDomainDraft *draft, FerryElement *devices);

G_END_DECLS
