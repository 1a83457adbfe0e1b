import KISMarket
public import KISScenario
public import KISWire
import Synchronization

/// Why the market cannot do what was asked of it.
public struct SteeringError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong, and what to do.
  public let description: String
}

extension Sandbox {
  /// Moves, halts or limits the market from now on, in every figure of this sandbox.
  ///
  /// Recordings of what it concerns, the shares and the indices above them, are no longer played: the simulated market
  /// goes on from where they stood.
  ///
  /// - Returns: the moment of the market, as it is shown, after which it takes effect.
  /// - Throws: ``SteeringError`` for an unknown code, or when there is no more trading today.
  @discardableResult
  public func steer(_ steering: MarketSteering) throws(SteeringError) -> KoreanTime {
    let drawn = drawnAhead.load(ordering: .relaxed)
    followMarket(at: clock.now)
    handOver()
    let instrument = try steering.code.map { code throws(SteeringError) in try steeredInstrument(code) }
    let now = TradingMoment(marketTime)
    let session = instrument?.session(at: now) ?? now
    let event = try MarketEvent(steering, of: instrument, at: session)
    try checkHours(of: instrument, at: session)
    leaveRecordings { instrument, kind in
      kind == .index || kind == .indexProgramTrading || event.concerns(instrument)
    }
    happen(event)
    redraw(drawn)
    note(.fault(name: "market", detail: steering.description), session: nil)
    return shownMarketTime
  }

  /// ``steer(_:)``, and waits until what that changes is drawn.
  @discardableResult
  package func steerBeside(_ steering: MarketSteering) async throws(SteeringError) -> KoreanTime {
    let moment = try steer(steering)
    await redrawing?.value
    return moment
  }

  private func steeredInstrument(_ code: String) throws(SteeringError) -> Instrument {
    let codes = configuration.knownCodes
    if let traded = codes.tradedCode(code) { return stage.market.instrument(traded) }
    let nearest = Similarity.nearest(to: code, in: codes.instruments.map(\.code), count: 1).first
    throw SteeringError(
      description: "`\(code)` is no share that can be moved: write a code such as 005930, or a symbol such as AAPL"
        + (nearest.map { "; did you mean \($0)?" } ?? ""))
  }

  /// What happens to a session that is over would be seen by nobody.
  private func checkHours(of instrument: Instrument?, at moment: TradingMoment) throws(SteeringError) {
    let end: ClockTime?
    if let exchange = instrument?.exchange {
      end = exchange.sessions(on: moment.date).last { $0.phase == .regular }?.end
    } else {
      end = (instrument?.hours(on: moment.date) ?? TradingHours(of: .krx, on: moment.date)).close
    }
    guard let end else {
      throw SteeringError(
        description: "the market is closed on \(moment.date); `replay/seek` or `--start` takes it to another day")
    }
    guard moment.time < end else {
      throw SteeringError(
        description:
          "the regular session of \(moment.date) is over since \(TimeOfDay(sinceMidnight: .milliseconds(end.milliseconds)).colons); "
          + "`replay/seek` or `--start` goes to a time within it")
    }
  }

  /// Stops playing the recordings of certain instruments: the simulated market goes on from here.
  private func leaveRecordings(where isConcerned: (Instrument, StreamKind) -> Bool) {
    guard let playhead = stage.playheads[.everybody], playhead.state != .ended else { return }
    let position = playhead.position(at: clock.now)
    for recording in configuration.recordings {
      for route in recording.playedRoutes {
        guard let name = recording.routes.name(of: route) else { continue }
        let id = name.transactionID
        let kind = StreamKind(id)
        guard kind != .notices, isConcerned(kind.instrument(of: id, key: name.key, in: stage.market), kind) else {
          continue
        }
        stage.handovers.leave(route, at: position, told: playhead.lastText(of: route))
      }
    }
    handOver()
  }
}

extension MarketEvent {
  fileprivate init(_ steering: MarketSteering, of instrument: Instrument?, at moment: TradingMoment)
    throws(SteeringError)
  {
    func scope(_ scope: MarketSteering.Scope) -> Scope {
      switch scope {
      case .code(let code): .instrument(instrument?.code ?? code)
      case .market(let market): .board(Board(market))
      }
    }
    switch steering {
    case .move(let whom, let hundredths, let over):
      self.init(
        .move(basisPoints: hundredths, over: Int(over.nanoseconds / 1_000_000)), to: scope(whom), on: moment.date,
        at: moment.time)
    case .halt(let whom, let duration):
      self.init(
        .halt(milliseconds: Int(duration.nanoseconds / 1_000_000)), to: scope(whom), on: moment.date, at: moment.time)
    case .limit(let code, let limit):
      guard instrument?.exchange == nil else {
        throw SteeringError(description: "\(code) has no price limits; use `move`")
      }
      self.init(.limit(limit == .up ? .buy : .sell), to: scope(.code(code)), on: moment.date, at: moment.time)
    case .circuitBreaker(let market):
      self.init(.circuitBreaker, to: .board(Board(market)), on: moment.date, at: moment.time)
    }
  }
}

extension Board {
  fileprivate init(_ market: MarketSteering.Market) { self = market == .kosdaq ? .kosdaq : .kospi }
}
