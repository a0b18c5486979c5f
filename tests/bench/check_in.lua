-- check_in.lua - wrk script: every request is another worker who checks in with CODE. WORKERS names
-- the file that `workers` printed; its lines are dealt out to the threads in turn.
local threads = 0
function setup(thread)
    thread:set("number", threads)
    threads = threads + 1
end
function init()
    local file = assert(io.open(os.getenv("WORKERS")))
    file:read("l") -- the shift
    body = '{"code":"' .. os.getenv("CODE") .. '"}'
    crew, at = {}, 0
    local i = 0
    for line in file:lines() do
        if i % 2 == number then crew[#crew + 1] = line end
        i = i + 1
    end
    file:close()
end
function request()
    at = at + 1
    local hire, token = (crew[at] or ""):match("(%d+) (%x+)")
    if not hire then return wrk.format("GET", "/no-more-workers") end
    return wrk.format("POST", "/api/v1/hires/" .. hire .. "/check-in",
        {["Content-Type"] = "application/json", ["Authorization"] = "Bearer " .. token}, body)
end
