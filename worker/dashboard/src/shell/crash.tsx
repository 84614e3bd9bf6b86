// What is left when a page breaks: a sentence and a way back, instead of nothing.

import { Component, type ReactNode } from "react";
import { Failed } from "../ui/states.tsx";
import { isReachable, mend } from "./new_build.ts";

interface Props {
  /** Another page is tried anew. */
  path: string;
  /** Stands there while it is looked for what helps. */
  loading: ReactNode;
  children: ReactNode;
}

interface State {
  error: unknown;
  /** What is told instead; undefined while that is not known yet. */
  told: unknown;
}

const whole: State = { error: undefined, told: undefined };

export class Crash extends Component<Props, State> {
  override state = whole;

  static getDerivedStateFromError(error: unknown): State {
    return { error, told: undefined };
  }

  override componentDidCatch(error: unknown) {
    void mend(error).then((told) => this.state.error === error && this.setState({ told }));
  }

  override componentDidUpdate({ path }: Props) {
    if (path !== this.props.path && this.state.error !== undefined) this.setState(whole);
  }

  private readonly again = async () => {
    if (await isReachable()) location.reload();
    else this.setState(whole);
  };

  override render() {
    if (this.state.error === undefined) return this.props.children;
    if (this.state.told === undefined) return this.props.loading;
    return <Failed error={this.state.told} retry={this.again} />;
  }
}
