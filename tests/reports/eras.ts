// Clocks that do what programs do not expect, and the months in which they did.

import { clockOf } from "./wall_clock.ts";

/** A zone, and years in which its clock was changed; or moments where no clock was. */
const troubled: [zone: string, ...years: number[]][] = [
  ["Australia/Lord_Howe", 2026], // by half an hour
  ["Australia/Adelaide", 2026],
  ["Antarctica/Troll", 2026], // by two hours
  ["Antarctica/Casey", 2010, 2020], // by three, and at one minute past midnight
  ["Pacific/Chatham", 2026], // at 2:45
  ["Pacific/Norfolk", 2015, 2019],
  ["Pacific/Apia", 2011], // no December 30
  ["Pacific/Fakaofo", 2011],
  ["Pacific/Kwajalein", 1993], // no August 21
  ["Pacific/Tongatapu", 2016],
  ["Pacific/Fiji", 2020],
  ["Pacific/Easter", 2026],
  ["America/St_Johns", 2010, 2026], // at one minute past midnight, until 2011
  ["America/New_York", 2026],
  ["America/Havana", 2026],
  ["America/Caracas", 2007, 2016], // by half an hour
  ["America/Santiago", 2026], // at midnight
  ["America/Asuncion", 2023],
  ["America/Sao_Paulo", 2018],
  ["America/Nuuk", 2023, 2026],
  ["America/Scoresbysund", 2024, 2026],
  ["Atlantic/Azores", 2026],
  ["Europe/London", 1971, 2026],
  ["Europe/Dublin", 2026], // winter time is the exception
  ["Europe/Moscow", 2011, 2014],
  ["Europe/Volgograd", 2018, 2020],
  ["Europe/Istanbul", 2016],
  ["Europe/Lisbon", 1992, 1996],
  ["Asia/Beirut", 2026], // midnight is skipped
  ["Asia/Gaza", 2014, 2024],
  ["Asia/Tehran", 2022],
  ["Asia/Pyongyang", 2015, 2018],
  ["Asia/Kathmandu", 1985], // by a quarter of an hour
  ["Asia/Colombo", 2006],
  ["Asia/Amman", 2022],
  ["Africa/Cairo", 2014, 2026],
  ["Africa/Casablanca", 2026], // in Ramadan
  ["Africa/El_Aaiun", 2018],
  ["Africa/Juba", 2021],
  ["Africa/Monrovia", 1972], // by 44 minutes and 30 seconds
];

const still = [
  "Asia/Kolkata",
  "Australia/Darwin",
  "Australia/Eucla",
  "Pacific/Marquesas",
  "Pacific/Kiritimati",
  "Pacific/Pago_Pago",
  "UTC",
];

export interface Era {
  name: string;
  zone: string;
  /** When something happens, Unix seconds. */
  moments: number[];
}

/** The first two changes of each year, and an ordinary new year where there are none. */
export function eras(): Era[] {
  const found = troubled.flatMap(([zone, ...years]) =>
    years.map((year) => {
      const [from, to] = [Date.UTC(year, 0, 1) / 1000, Date.UTC(year + 1, 0, 1) / 1000];
      // All of a year are looked at: some zones change four times.
      const moments = clockOf(zone).changes(from, to);
      return { name: `${zone} ${year}`, zone, moments };
    }),
  );
  const newYear = Date.UTC(2026, 0, 1) / 1000;
  return [...found, ...still.map((zone) => ({ name: zone, zone, moments: [newYear] }))];
}
