"""The public shapes of requests and answers, a file per noun.

Every shape lists its fields one by one: what is not named here never leaves the server.
Money is written as decimal strings in US dollars, times in seconds, moments in ISO 8601.
"""
