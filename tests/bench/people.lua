-- people.lua - wrk script: registers people at the desk; the token comes from the environment.
wrk.method = "POST"
wrk.body = '{"name":"王某","trade":"sewing"}'
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer " .. os.getenv("TOKEN")
