// The cursor of a dialog that has faded in: in its first field, unless somebody quicker is typing in another.
export function focusFirst(first?: HTMLElement): void {
  if (!document.activeElement?.matches('[role=dialog] :is(input, select, textarea)')) first?.focus()
}
