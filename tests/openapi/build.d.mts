export function buildValidators(): void;
