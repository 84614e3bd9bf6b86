// What is left when a page breaks: a sentence and a way back, instead of nothing.

import { Component, type ReactNode } from "react";
import { Failed } from "../ui/states.tsx";

export class Crash extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    if (this.state.error === undefined) return this.props.children;
    return <Failed error={this.state.error} retry={() => location.reload()} />;
  }
}
