-- wrk: posts of distinct people to one project.
local seed = tonumber(os.getenv("SEED") or "0")
local n = seed * 10000000 + (os.time() % 1000) * 10000

local headers = {
  ["content-type"] = "application/json",
  ["accept"] = "*/*",
  ["accept-language"] = "en-IN,en;q=0.9",
  ["origin"] = "https://www.acme.com",
  ["referer"] = "https://www.acme.com/",
  ["user-agent"] = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) " ..
    "Chrome/141.0.0.0 Safari/537.36",
}

wrong = 0 -- global, so that done() can ask each thread for it

function request()
  n = n + 1
  local body = string.format(
    '{"project":"acme","name":"Asha Rao","email":"person%d@firm%d.in","phone":"+91 9%09d",' ..
    '"company":"Firm Private Limited","message":"Hello, we would like to see how your product fits our sales ' ..
    'team of forty people in three cities, and what it would cost us a year.","source":"google",' ..
    '"cta":"Book a demo","page":"https://www.acme.com/pricing/teams?utm_source=google&utm_medium=cpc&' ..
    'utm_campaign=autumn-%d","referer":"https://www.google.com/","time_on_page":87.5,"scroll_depth":78,' ..
    '"pages_viewed":4,"form_seconds":21.4,"consent":true,"lead_hp":"","team_size":"11-50"}',
    n, n % 997, n % 1000000000, n % 40)
  return wrk.format("POST", nil, headers, body)
end

function response(status)
  if status ~= 201 then wrong = wrong + 1 end
end

local threads = {}
function setup(thread) table.insert(threads, thread) end

function done(summary, latency)
  local bad = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  for _, thread in ipairs(threads) do bad = bad + (thread:get("wrong") or 0) end
  print(string.format('figures {"requests":%d,"us":%d,"p50":%d,"p99":%d,"wrong":%d}', summary.requests,
    summary.duration, latency:percentile(50), latency:percentile(99), bad))
end
