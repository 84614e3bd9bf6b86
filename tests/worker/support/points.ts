// Points as they are read: by name. Which name sits in which slot is the dataset's business alone.

import dataset from "../../../schema/datasets/lead_submissions.json" with { type: "json" };
import type { DataPoint } from "../../../worker/local/points/data_point.ts";

export type NamedPoint = { project: string } & Record<string, string | number>;

const decoder = new TextDecoder("utf-8", { fatal: true });

const named = (index: string, blobs: readonly string[], doubles: readonly number[]): NamedPoint => {
  const point: NamedPoint = { project: index };
  for (const { name, slot } of dataset.blobs) point[name] = blobs[slot - 1] ?? "";
  for (const { name, slot } of dataset.doubles) point[name] = doubles[slot - 1] ?? Number.NaN;
  return point;
};

export const readPoint = (point: DataPoint): NamedPoint =>
  named(
    decoder.decode(point.index1),
    point.blobs.map((blob) => decoder.decode(blob)),
    point.doubles,
  );

export const readRawPoint = (point: { indexes: string[]; blobs: string[]; doubles: number[] }): NamedPoint =>
  named(point.indexes[0] ?? "", point.blobs, point.doubles);
