// Package route plans a rep's week: which accounts to visit on which day in
// which order, and at what times.
//
// # The problem
//
// Every working day is a tour with its own start and end, place and time, a
// break, and at most so many visits. Every account has a prize (see Rate),
// takes some minutes, and is open in several windows a day. Not everybody fits:
// the sum of prizes, less what driving costs, is to be as large as possible. That is the team
// orienteering problem with time windows. Appointments and pinned visits are
// given and always kept. Where they conflict the plan says so (Breach) instead of failing.
//
// # How a week is found
//
// First the fixed stops of each day are put in order, with the rules widened
// only where they conflict (frame, arrange). Sets too large to weigh are
// shortlisted (shortlist). Then, until the budget ends:
//
//   - ruin: take out strings of visits near a random account, at most one string a tour;
//   - recreate: insert accounts one by one where the detour is least, in an
//     order drawn from a stock of orders by prize, effort and chance, overlooking a spot now and then;
//   - keep the outcome if it is better, or by chance if it is not much worse: less and
//     less often as a round cools;
//   - at the end of a round put remembered tours together anew where that is worth
//     more, and begin the next round warm again from the best week.
//
// Each step of a tour knows its earliest start and the latest arrival that
// keeps the rest on time, so that an insertion is checked in constant time; on a
// day with a break both are known twice, for the break taken and still to come. Opening hours with
// several windows fit in because an earlier arrival is never worse.
//
// Rounds depend on nothing but their number. A longer run therefore starts with
// exactly the shorter one, and more time never gives a worse week. The package reads no
// clock; the caller's Options.Stop does. All arithmetic that decides is in
// integers or in the same order on every machine.
//
// # Sources
//
//   - J. Christiaens, G. Vanden Berghe: Slack Induction by String Removals for
//     Vehicle Routing Problems, Transportation Science 54 (2020): strings, blinks, annealing.
//   - G. Schrimpf et al.: Record Breaking Optimization Results Using the Ruin and
//     Recreate Principle, Journal of Computational Physics 159 (2000).
//   - P. Vansteenwegen et al.: Iterated Local Search for the Team Orienteering
//     Problem with Time Windows, Computers & Operations Research 36 (2009): prize
//     against effort, constant-time checks.
//   - M. W. P. Savelsbergh: The Vehicle Routing Problem with Time Windows:
//     Minimizing Route Duration, ORSA Journal on Computing 4 (1992): forward slack.
//   - M. Luby, A. Sinclair, D. Zuckerman: Optimal Speedup of Las Vegas Algorithms,
//     Information Processing Letters 47 (1993): the lengths of the rounds.
//   - Q. Hu, A. Lim: An Iterative Three-Component Heuristic for the Team
//     Orienteering Problem with Time Windows, European Journal of Operational
//     Research 232 (2014): recombining remembered tours.
package route
