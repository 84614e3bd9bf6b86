// A change that is asked for again while it is under way is asked for once: a double click comes before the button
// that it hits is drawn as disabled.

import { type UseMutationOptions, type UseMutationResult, useMutation } from "@tanstack/react-query";
import { useRef } from "react";

export function useChangeOnce<D, V = void>(
  options: UseMutationOptions<D, Error, V>,
): UseMutationResult<D, Error, V> {
  const busy = useRef(false);
  const mutation = useMutation({
    ...options,
    onSettled: (...settled) => {
      busy.current = false;
      return options.onSettled?.(...settled);
    },
  });
  const mutate: typeof mutation.mutate = (...asked) => {
    if (busy.current) return;
    busy.current = true;
    mutation.mutate(...asked);
  };
  return { ...mutation, mutate };
}
