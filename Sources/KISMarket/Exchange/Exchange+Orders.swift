extension Exchange {
  /// Takes an order, or refuses it.
  ///
  /// The checks come in the order in which the broker makes them, so that of several faults the first is told. What was
  /// accepted meets the market at once, or after the latency of entry.
  ///
  /// - Returns: the position of the new order in ``orders``, or why there is none.
  public mutating func place(_ order: ClientOrder, at moment: TradingMoment) -> Result<Int, OrderRefusal> {
    note(.place(order), moment)
    pass(to: moment)
    let steered = steering(of: order)
    if let code = steered?.rejectCode { return refuse(order.account, .steered(code)) }
    let checked: CheckedOrder
    do { checked = try check(order) } catch { return refuse(order.account, error) }
    let isClosing = closes(order, checked.security)
    let holdsMoney = checked.security.isContract ? !isClosing : order.side == .buy
    let margin = self.margin(of: checked, order.side)
    let reserved = holdsMoney ? reservation(margin, order.quantity, checked.security, isLent: order.loan != nil) : 0
    do {
      try checkMeans(order, checked.security, quantity: holdsMoney ? 0 : order.quantity, money: reserved)
    } catch { return refuse(order.account, error) }

    var record = OrderRecord(
      number: takeNumber(order.leastNumber), original: nil, role: .order, account: order.account,
      sender: order.sender, security: checked.security, side: order.side, kind: checked.kind, route: order.route,
      venue: checked.venue, price: checked.price, trigger: order.trigger, quantity: order.quantity, loan: order.loan,
      placed: now)
    (record.margin, record.reserved, record.isClosing) = (margin, reserved ?? 0, isClosing)
    accounts[order.account]?.reserve(
      checked.security, loan: order.loan, amount: record.reserved, quantity: holdsMoney ? 0 : order.quantity)
    let position = add(record)
    if let steered { deliveries[position] = steered.delivery }
    tell(position, .accepted)
    if let steered { fillAsSteered(position, steered, last: checked.day.last) }
    send(position, delay: steered?.delay ?? 0)
    return .success(position)
  }

  /// Changes or cancels an order, or a part of it.
  ///
  /// - Returns: the position of the record that stands for the change or the cancellation, or why there is none.
  public mutating func change(_ change: OrderChange, at moment: TradingMoment) -> Result<Int, OrderRefusal> {
    note(.change(change), moment)
    pass(to: moment)
    guard let position = numbers[change.original], orders[position].account == change.account,
      orders[position].role == .order
    else { return refuse(change.account, .unknownOrder) }
    let original = orders[position]
    if let refusal = hoursForChange(original) { return refuse(change.account, refusal) }
    let quantity = change.quantity ?? original.open
    guard original.open > 0, quantity <= original.open else { return refuse(change.account, .nothingLeft) }
    guard quantity > 0 else { return refuse(change.account, .quantity) }
    guard let terms = change.becomes else { return .success(cancel(position, quantity, change)) }
    return replace(position, quantity, terms, change)
  }

  private mutating func cancel(_ position: Int, _ quantity: Int, _ change: OrderChange) -> Int {
    let original = orders[position]
    take(quantity, from: position)
    orders[position].cancelled += quantity
    close(position)
    let record = OrderRecord(
      number: takeNumber(change.leastNumber), original: original.number, role: .cancellation,
      account: original.account, sender: change.sender, security: original.security, side: original.side,
      kind: original.kind, route: original.route, venue: original.venue, price: original.price,
      trigger: original.trigger, quantity: quantity, loan: original.loan, placed: now)
    let cancellation = add(record)
    tell(cancellation, .cancelled(original: position, quantity: quantity))
    return cancellation
  }

  private mutating func replace(
    _ position: Int, _ quantity: Int, _ terms: OrderChange.Terms, _ change: OrderChange
  ) -> Result<Int, OrderRefusal> {
    let original = orders[position]
    let order = ClientOrder(
      account: original.account, sender: change.sender, security: original.security, day: change.day,
      side: original.side, kind: terms.kind, route: original.route, price: terms.price, trigger: original.trigger,
      quantity: quantity, loan: original.loan, leastNumber: change.leastNumber)
    var checked: CheckedOrder
    do { checked = try check(order) } catch { return refuse(change.account, error) }
    // A routed order stays at the venue where it is.
    if original.route == .sor { checked.venue = original.venue }
    let margin = self.margin(of: checked, order.side)
    let isLent = original.loan != nil
    let reserved = original.holdsMoney ? reservation(margin, quantity, checked.security, isLent: isLent) : 0
    let rest = reservation(original.margin, original.open - quantity, original.security, isLent: isLent) ?? 0
    let released = original.holdsMoney ? original.reserved - rest : 0
    do {
      try checkMeans(order, checked.security, quantity: 0, money: reserved.map { $0 - released })
    } catch { return refuse(change.account, error) }

    take(quantity, from: position)
    orders[position].cancelled += quantity
    orders[position].isChanged = true
    close(position)
    var record = OrderRecord(
      number: takeNumber(change.leastNumber), original: original.number, role: .order, account: original.account,
      sender: change.sender, security: original.security, side: original.side, kind: checked.kind,
      route: original.route, venue: checked.venue, price: checked.price, trigger: original.trigger,
      quantity: quantity, loan: original.loan, placed: now)
    (record.margin, record.reserved, record.isClosing) = (margin, reserved ?? 0, original.isClosing)
    accounts[original.account]?.reserve(
      original.security, loan: original.loan, amount: record.reserved, quantity: original.holdsMoney ? 0 : quantity)
    let replacement = add(record)
    deliveries[replacement] = deliveries[position]
    tell(replacement, .changed(original: position, quantity: quantity))
    send(replacement, delay: 0)
    return .success(replacement)
  }

  // MARK: Parts

  private mutating func refuse(_ account: AccountID, _ refusal: OrderRefusal) -> Result<Int, OrderRefusal> {
    happened(
      ExchangeEvent(moment: now, account: account, order: nil, kind: .refused(refusal), delivery: .normal))
    return .failure(refusal)
  }

  private mutating func takeNumber(_ least: Int) -> Int {
    lastNumber = max(least, lastNumber + 1)
    return lastNumber
  }

  private mutating func add(_ record: OrderRecord) -> Int {
    let position = orders.count
    orders.append(record)
    numbers[record.number] = position
    ordersOfAccount[record.account, default: []].append(position)
    if record.open > 0 {
      openOrders.insert(position)
      openOrdersOfCode[record.security.code, default: []].insert(position)
      books.noteChange(of: record.security.code)
    }
    return position
  }

  /// Takes a quantity out of its book, and gives back what it held.
  mutating func take(_ quantity: Int, from position: Int) {
    let order = orders[position]
    books[BookKey(code: order.security.code, venue: order.venue)]?.reduce(position + 1, by: quantity)
    release(position, left: order.open - quantity, shares: quantity)
  }

  /// Gives back what an order holds beyond what is left of it.
  mutating func release(_ position: Int, left: Int, shares: Int) {
    let order = orders[position]
    let ordered = reservation(order.margin, left, order.security, isLent: order.loan != nil)
    let needed = left == 0 ? 0 : min(order.reserved, ordered ?? order.reserved)
    orders[position].reserved = order.holdsMoney ? needed : 0
    accounts[order.account]?.release(
      order.security, loan: order.loan, amount: order.reserved - needed, quantity: order.holdsMoney ? 0 : shares)
  }

  mutating func close(_ position: Int) {
    guard orders[position].open == 0, openOrders.remove(position) != nil else { return }
    let code = orders[position].security.code
    openOrdersOfCode[code]?.remove(position)
    if openOrdersOfCode[code]?.isEmpty == true { openOrdersOfCode[code] = nil }
    books.noteChange(of: code)
  }

  mutating func tell(_ position: Int, _ kind: ExchangeEvent.Kind) {
    happened(
      ExchangeEvent(
        moment: now, account: orders[position].account, order: position, kind: kind,
        delivery: deliveries[position] ?? .normal))
  }

  // MARK: Steering and latency

  private mutating func steering(of order: ClientOrder) -> OrderSteering.Action? {
    var action: OrderSteering.Action?
    for index in steering.indices where steering[index].applies(to: order) { action = action ?? steering[index].action }
    return action
  }

  private mutating func fillAsSteered(_ position: Int, _ action: OrderSteering.Action, last: Int) {
    let order = orders[position]
    let price = order.kind.namesPrice || order.kind.isOffHours ? order.price : last
    let percent = action.fills ? 100 : min(max(0, action.partialPercent ?? 0), 100)
    // Rounded up, so that a part of one share is one.
    let quantity = min(order.open, Int((Int128(order.quantity) * Int128(percent) + 99) / 100))
    guard quantity > 0 else { return }
    printOwn(price, quantity, taker: order.side, BookKey(code: order.security.code, venue: order.venue))
    fill(position, Fill(price: price, quantity: quantity, venue: order.venue, isMaker: false, isAuction: false))
  }

  /// Lets an order go to the market, now or when it arrives there.
  private mutating func send(_ position: Int, delay: Int) {
    guard orders[position].open > 0 else { return }
    var delay = delay
    let latency = settings.latency.entry
    if latency.upperBound > 0 {
      var numbers = CellGenerator(seed: CellGenerator.mixed(settings.seed) ^ UInt64(position))
      delay += numbers.within(latency)
    }
    var arrival = now.later(milliseconds: delay)
    if let session = session(of: orders[position]) {
      agenda.add(.expiry(position), at: session.end)
      arrival = max(arrival, session.start)
    }
    if arrival <= now { arrive(position) } else { agenda.add(.arrival(position), at: arrival) }
  }
}
