// Every handler, with the ports it is given. What is not in its type it cannot do.
#pragma once

#include "core/app/call.hpp"
#include "core/app/ledger_port.hpp"
#include "core/app/ports.hpp"
#include "core/app/report_handlers.hpp"

namespace leadledger::app {

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
  TimerPort timer;
};

struct LedgerPorts {
  LedgerPort ledger;
  StreamPort stream;
};

/// What changes where reports count a submission: they read a list in KV.
struct CorrectionPorts {
  LedgerPort ledger;
  ArchivePort archive;
  TimerPort timer;
  StreamPort stream;
};

struct SweepPorts {
  LedgerPort ledger;
  ArchivePort archive;
  TimerPort timer;
};

/// What a tool reads comes by requests of its own: nothing here touches a report or the ledger.
struct McpPorts {
  McpPort mcp;
  StreamPort stream;
};

/// A preview keeps nothing and sends nothing.
struct PreviewPorts {
  ReportPorts reports;
  ModelPort model;
  StreamPort stream;
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
Task<Response> sweep(SweepPorts ports, Call call);

Task<Response> list_leads(LedgerPorts ports, Call call);
Task<Response> erase_by_email(LedgerPorts ports, Call call);
Task<Response> get_lead(LedgerPorts ports, Call call);
Task<Response> erase_lead(LedgerPorts ports, Call call);

Task<Response> list_submissions(SubmissionPorts ports, Call call);
Task<Response> get_submission(LedgerPorts ports, Call call);
Task<Response> erase_submission(LedgerPorts ports, Call call);
Task<Response> correct_submission(CorrectionPorts ports, Call call);
Task<Response> undo_correction(CorrectionPorts ports, Call call);

Task<Response> list_projects(LedgerPorts ports, Call call);
Task<Response> create_project(LedgerPorts ports, Call call);
Task<Response> get_project(LedgerPorts ports, Call call);
Task<Response> change_project(LedgerPorts ports, Call call);
Task<Response> delete_project(LedgerPorts ports, Call call);

Task<Response> list_blocked(LedgerPorts ports, Call call);
Task<Response> create_blocked(LedgerPorts ports, Call call);
Task<Response> delete_blocked(LedgerPorts ports, Call call);

Task<Response> list_alerts(LedgerPorts ports, Call call);

Task<Response> list_briefs(LedgerPorts ports, Call call);
Task<Response> get_brief(LedgerPorts ports, Call call);
Task<Response> preview_brief(PreviewPorts ports, Call call);

Task<Response> begin_session(SignaturePort signature, Call call);
Task<Response> show_session(Call call);
Task<Response> end_session(Call call);
Task<Response> list_keys(Call call);

Task<Response> list_metrics(Call call);
Task<Response> explain_metric(Call call);
Task<Response> list_dimensions(Call call);
Task<Response> explain_dimension(Call call);

Task<Response> mcp(McpPorts ports, Call call);

Task<Response> health(Call call);

}  // namespace leadledger::app
