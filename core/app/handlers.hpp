// Every handler, with the ports it is given. What is not in its type it cannot do.
#pragma once

#include "core/app/ports.hpp"
#include "core/app/request.hpp"
#include "core/app/response.hpp"

namespace leadledger::app {

/// What every handler gets. The request and the id outlive it.
struct Call {
  const Request& request;
  std::string_view request_id;
  std::string_view tail;  // what follows a route's prefix, such as an id

  [[nodiscard]] Response refuse(const Error& error) const { return problem(error, request.path, request_id); }
};

struct IntakePorts {
  LedgerPort ledger;
  PointsPort points;
  QueuePort queue;
  LimitPort limits;
  DigestPort digest;
  SignalPort signals;
  HttpPort http;
  StreamPort stream;
};

/// Validation writes nothing: neither points nor queue, and the ledger is only read for settings.
struct ValidatePorts {
  LedgerPort ledger;
  LimitPort limits;
  DigestPort digest;
  SignalPort signals;
  HttpPort http;
  StreamPort stream;
};

/// The consumer's side of the queue: sends nothing back to it.
struct ReplayPorts {
  LedgerPort ledger;
  PointsPort points;
  LimitPort limits;
  DigestPort digest;
  SignalPort signals;
  HttpPort http;
  ArchivePort archive;
};

struct LedgerPorts {
  LedgerPort ledger;
  StreamPort stream;
};

/// Begins a response whose body follows in pieces.
class HeadPort {
 public:
  HeadPort(Operation& operation, std::string_view request_id)
      : operation_(&operation), request_id_(request_id) {}
  void send(const Response& head) const { send_head(*operation_, head, request_id_); }

 private:
  Operation* operation_;
  std::string_view request_id_;
};

struct SubmissionPorts {
  LedgerPort ledger;
  StreamPort stream;
  HeadPort head;
};

Task<Response> post_lead(IntakePorts ports, Call call);
Task<Response> validate_lead(ValidatePorts ports, Call call);
Task<Response> preflight(LedgerPorts ports, Call call);
Task<Response> replay_lead(ReplayPorts ports, Call call);
Task<Response> bury_lead(ArchivePort archive, Call call);
Task<Response> sweep(LedgerPort ledger, Call call);

Task<Response> list_leads(LedgerPorts ports, Call call);
Task<Response> erase_by_email(LedgerPorts ports, Call call);
Task<Response> get_lead(LedgerPorts ports, Call call);
Task<Response> erase_lead(LedgerPorts ports, Call call);

Task<Response> list_submissions(SubmissionPorts ports, Call call);

Task<Response> list_projects(LedgerPorts ports, Call call);
Task<Response> create_project(LedgerPorts ports, Call call);
Task<Response> get_project(LedgerPorts ports, Call call);
Task<Response> change_project(LedgerPorts ports, Call call);
Task<Response> delete_project(LedgerPorts ports, Call call);

Task<Response> list_blocked(LedgerPorts ports, Call call);
Task<Response> create_blocked(LedgerPorts ports, Call call);
Task<Response> delete_blocked(LedgerPorts ports, Call call);

Task<Response> health(Call call);

}  // namespace leadledger::app
