// `npm start`: a working table on http://127.0.0.1:7777, its data in ./data.
import '../apps/all-in-one/main'
