// Handlers of channels and deliveries, with the ports they are given.
#pragma once

#include "core/app/call.hpp"
#include "core/app/ledger_port.hpp"
#include "core/app/ports.hpp"

namespace leadledger::app {

/// The consumer of the deliveries' queue: the one place from which something is posted to a channel.
struct PostingPorts {
  LedgerPort ledger;
  SignaturePort signature;
  HttpPort http;
  ArchivePort archive;
  ZonePort zones;
};

struct DeadDeliveryPorts {
  LedgerPort ledger;
  ArchivePort archive;
};

struct DeliveryAdminPorts {
  LedgerPort ledger;
  DeliveryPort deliveries;
};

Task<Response> deliver(PostingPorts ports, Call call);
Task<Response> bury_delivery(DeadDeliveryPorts ports, Call call);

Task<Response> list_channels(ZonePort zones, Call call);
Task<Response> try_channel(DeliveryAdminPorts ports, Call call);
Task<Response> list_deliveries(LedgerPort ledger, Call call);
Task<Response> retry_delivery(DeliveryAdminPorts ports, Call call);

}  // namespace leadledger::app
