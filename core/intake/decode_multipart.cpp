// multipart/form-data (RFC 7578, in the shape of RFC 2046): parts between delimiter lines, each with a few
// headers and a value. Values need no decoding, so they stay where they are.
#include <cstddef>
#include <optional>
#include <utility>

#include "core/intake/decoders.hpp"
#include "core/intake/entries.hpp"
#include "core/intake/media_type.hpp"
#include "core/support/text.hpp"

namespace leadledger::intake {

namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr std::size_t kLongestBoundary = 70;  // RFC 2046, 5.1.1

struct Delimiter {
  std::size_t begin;  // the value before it ends here
  std::size_t end;    // the headers after it begin here
  bool last;
};

/// What follows a boundary tells whether it is a delimiter, the last one, or just text that begins like one.
std::optional<Delimiter> delimiter_at(std::string_view body, std::size_t begin, std::size_t after) {
  if (body.substr(after).starts_with("--")) return Delimiter{begin, after + 2, true};
  std::size_t end = after;
  while (end < body.size() && (body[end] == ' ' || body[end] == '\t')) ++end;
  if (!body.substr(end).starts_with(kLineEnd)) return std::nullopt;
  return Delimiter{begin, end + kLineEnd.size(), false};
}

/// `marker` is the line end, two hyphens and the boundary.
std::optional<Delimiter> find_delimiter(std::string_view body, std::size_t from, std::string_view marker) {
  for (std::size_t at = body.find(marker, from); at != std::string_view::npos;
       at = body.find(marker, at + 1)) {
    if (const auto found = delimiter_at(body, at, at + marker.size())) return found;
  }
  return std::nullopt;
}

std::optional<Delimiter> find_first_delimiter(std::string_view body, std::string_view marker) {
  const std::string_view at_start = marker.substr(kLineEnd.size());
  if (body.starts_with(at_start)) {
    if (const auto found = delimiter_at(body, 0, at_start.size())) return found;
  }
  return find_delimiter(body, 0, marker);
}

struct PartHeaders {
  std::string_view disposition;
  std::string_view content_type;
  std::string_view transfer_encoding;
  std::size_t end = 0;  // the value begins here
};

std::optional<PartHeaders> read_headers(std::string_view body, std::size_t at) {
  PartHeaders headers;
  for (;;) {
    const std::size_t end = body.find(kLineEnd, at);
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view line = body.substr(at, end - at);
    at = end + kLineEnd.size();
    if (line.empty()) break;
    if (line.find(':') == std::string_view::npos) return std::nullopt;
    const auto [name, value] = text::split_once(line, ':');
    if (text::equals_ignoring_case(name, "content-disposition")) headers.disposition = text::trim(value);
    if (text::equals_ignoring_case(name, "content-type")) headers.content_type = text::trim(value);
    if (text::equals_ignoring_case(name, "content-transfer-encoding"))
      headers.transfer_encoding = text::trim(value);
  }
  headers.end = at;
  return headers;
}

/// Browsers write a quote in a name as %22, other senders as \"; resolved in place, returning the new length.
std::size_t unescape_name(char* data, std::size_t size) {
  std::size_t out = 0;
  for (std::size_t at = 0; at < size; ++at) {
    char c = data[at];
    if (c == '\\' && at + 1 < size && (data[at + 1] == '"' || data[at + 1] == '\\')) {
      c = data[++at];
    } else if (std::string_view(data + at, size - at).starts_with("%22")) {
      c = '"';
      at += 2;
    }
    data[out++] = c;
  }
  return out;
}

bool is_text(std::string_view content_type) {
  if (content_type.empty()) return true;
  const std::string type = text::lower(header_value(content_type));
  return type.starts_with("text/") && has_utf8_charset(content_type);
}

bool is_plain(std::string_view transfer_encoding) {
  return transfer_encoding.empty() || text::equals_ignoring_case(transfer_encoding, "7bit") ||
         text::equals_ignoring_case(transfer_encoding, "8bit") ||
         text::equals_ignoring_case(transfer_encoding, "binary");
}

/// Adds the part whose value is `value`. An empty file input (no name, no bytes) is what a browser sends
/// where no file was chosen: no value, and no fault.
Result<void> add_part(Form& form, const PartHeaders& headers, std::string_view name, std::string_view value) {
  auto filename = header_parameter(headers.disposition, "filename");
  if (!filename) filename = header_parameter(headers.disposition, "filename*");
  if (filename && !filename->empty()) {
    return fail_field(ErrorCode::unsupported_media_type, name, "file", "Files are not taken, only text.");
  }
  if (filename && value.empty()) return add_entry(form, name, {ValueKind::text, {}});
  if (!is_text(headers.content_type)) {
    return fail_field(ErrorCode::unsupported_media_type, name, "not_text",
                      "Its type is " + shown_name(headers.content_type) + "; only text in UTF-8 is taken.");
  }
  if (!is_plain(headers.transfer_encoding)) {
    return fail_field(ErrorCode::unsupported_media_type, name, "not_text",
                      "Its Content-Transfer-Encoding is not taken; send it as it is.");
  }
  return add_entry(form, name, {ValueKind::text, value});
}

tl::unexpected<Error> broken(std::string what) { return fail(ErrorCode::malformed_body, std::move(what)); }

}  // namespace

Result<Form> decode_multipart(std::string_view content_type, std::string& body) {
  const std::string_view boundary = header_parameter(content_type, "boundary").value_or("");
  if (boundary.empty() || boundary.size() > kLongestBoundary) {
    return broken("The Content-Type multipart/form-data needs a boundary of 1 to 70 characters.");
  }
  const std::string marker = std::string(kLineEnd) + "--" + std::string(boundary);
  auto delimiter = find_first_delimiter(body, marker);
  if (!delimiter) return broken("The body has no part: the boundary of the Content-Type is not in it.");

  Form form;
  form.entries.reserve(16);
  while (!delimiter->last) {
    const auto headers = read_headers(body, delimiter->end);
    if (!headers) return broken("A part's headers are broken, or do not end with an empty line.");
    const auto raw_name = header_parameter(headers->disposition, "name");
    if (!raw_name || !text::equals_ignoring_case(header_value(headers->disposition), "form-data")) {
      return broken("A part has no \"Content-Disposition: form-data\" with a name.");
    }
    // A value of no bytes may share its line end with the headers before it.
    const auto next = find_delimiter(body, headers->end - kLineEnd.size(), marker);
    if (!next) return broken("The body ends inside a part: its last boundary line is missing.");
    const std::size_t value_end = next->begin < headers->end ? headers->end : next->begin;
    const std::string_view value = std::string_view(body).substr(headers->end, value_end - headers->end);
    // The name shrinks in place, into the very header it was read from: the file name is read before that.
    char* const name_at = body.data() + (raw_name->data() - body.data());
    const std::size_t name_size = unescape_name(name_at, raw_name->size());
    if (auto added = add_part(form, *headers, {name_at, name_size}, value); !added) {
      return tl::unexpected<Error>(std::move(added.error()));
    }
    delimiter = next;
  }
  return form;
}

}  // namespace leadledger::intake
