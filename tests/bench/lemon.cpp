/* lemon.cpp - people and slots as a flow to one sink; staying out is an arc of cost 0. Built only
 * where LEMON is installed. */
#include "lemon.h"

#include <chrono>
#include <lemon/cost_scaling.h>
#include <lemon/network_simplex.h>
#include <lemon/static_graph.h>
#include <utility>
#include <vector>

using Graph = lemon::StaticDigraph;

template <class Solver> static int64_t solve(const lemon_market *m, double *seconds)
{
    const int sink = m->people + m->slots;
    std::vector<std::pair<int, int>> arcs;
    std::vector<int> most;
    std::vector<int64_t> price;
    auto arc = [&](int from, int to, int cap, int64_t cost) {
        arcs.emplace_back(from, to);
        most.push_back(cap);
        price.push_back(cost);
    };
    for (int i = 0; i < m->people; i++) {
        for (int e = m->row[i]; e < m->row[i + 1]; e++)
            arc(i, m->people + m->slot[e], 1, -m->score[e]);
        arc(i, sink, 1, 0);
    }
    for (int j = 0; j < m->slots; j++)
        arc(m->people + j, sink, m->cap[j], 0);
    Graph g;
    g.build(sink + 1, arcs.begin(), arcs.end());
    Graph::ArcMap<int> upper(g);
    Graph::ArcMap<int64_t> cost(g);
    Graph::NodeMap<int> supply(g, 1);
    for (int k = 0; k < static_cast<int>(arcs.size()); k++) {
        upper[g.arc(k)] = most[static_cast<size_t>(k)];
        cost[g.arc(k)] = price[static_cast<size_t>(k)];
    }
    for (int j = 0; j < m->slots; j++)
        supply[g.node(m->people + j)] = 0;
    supply[g.node(sink)] = -m->people;
    auto from = std::chrono::steady_clock::now();
    Solver s(g);
    s.upperMap(upper).costMap(cost).supplyMap(supply);
    bool ok = s.run() == Solver::OPTIMAL;
    *seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count();
    return ok ? -s.template totalCost<int64_t>() : -1;
}

int64_t lemon_simplex(const lemon_market *m, double *seconds)
{
    return solve<lemon::NetworkSimplex<Graph, int, int64_t>>(m, seconds);
}

int64_t lemon_scaling(const lemon_market *m, double *seconds)
{
    return solve<lemon::CostScaling<Graph, int, int64_t>>(m, seconds);
}
