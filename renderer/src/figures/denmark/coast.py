#!/usr/bin/env python3
"""Writes coast.txt from countries-10m.json of the npm package world-atlas (Natural Earth 1:10m, public domain).

Each line is an island: x,y in hundredths of a degree of latitude, from 8.0 east and 57.8 north, longitudes shortened by
cos 56. Bornholm, the last line, is moved into a corner of its own; municipalities.tsv is moved with it in denmark.rs.
"""
import json
import math
import sys

topology = json.load(open(sys.argv[1]))
(sx, sy), (tx, ty) = topology['transform']['scale'], topology['transform']['translate']
TOLERANCE, BORNHOLM = 0.9, (-140, -205)


def arc(number):
    x = y = 0
    points = []
    for dx, dy in topology['arcs'][number if number >= 0 else ~number]:
        x, y = x + dx, y + dy
        points.append((x * sx + tx, y * sy + ty))
    return points if number >= 0 else points[::-1]


def ring(numbers):
    points = []
    for number in numbers:
        points += arc(number)[1 if points else 0:]
    return [((lon - 8) * math.cos(math.radians(56)) * 100, (57.8 - lat) * 100) for lon, lat in points]


def simplified(points):
    if len(points) < 3:
        return points
    (ax, ay), (bx, by) = points[0], points[-1]
    length = math.hypot(bx - ax, by - ay)

    def off(point):
        x, y = point
        if not length:
            return math.hypot(x - ax, y - ay)
        return abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length

    at = max(range(1, len(points) - 1), key=lambda index: off(points[index]))
    if off(points[at]) < TOLERANCE:
        return [points[0], points[-1]]
    return simplified(points[:at + 1])[:-1] + simplified(points[at:])


country = next(shape for shape in topology['objects']['countries']['geometries'] if shape.get('id') == '208')
islands = sorted((ring(polygon[0]) for polygon in country['arcs']), key=lambda points: -len(points))
islands.sort(key=lambda points: min(x for x, _ in points) > 350)
for points in islands:
    middle = len(points) // 2
    points = simplified(points[:middle + 1])[:-1] + simplified(points[middle:])[:-1]
    dx, dy = BORNHOLM if points[0][0] > 350 else (0, 0)
    print(' '.join(f'{x + dx:.1f},{y + dy:.1f}' for x, y in points))
